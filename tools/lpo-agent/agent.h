/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * lpo-agent: lanes of hosts that are driven by commands, or that are a model.
 */
#ifndef LPO_AGENT_AGENT_H
#define LPO_AGENT_AGENT_H

#include "liblpo.h"

#define AGENT_FORMAT		"lpo-agent-1"
#define AGENT_MAX_HOSTS		512
#define AGENT_DEADLINE_MS	1000	/* unless the configuration says another */
#define AGENT_MAX_OUTPUT	(64 << 10)
#define AGENT_PORT_COUNTERS	(LPO_FEC_BINS + 3)

/**
 * struct agent_command - a command with placeholders
 * @word: words, the first is the path of a program; NULL: there is none
 * @n: number of @word
 */
struct agent_command {
	char **word;
	unsigned int n;
};

/**
 * struct agent_exec - commands that drive lanes
 * @get: prints the settings of a lane
 * @set: puts settings of a lane into force
 * @validate: tells if @set would; optional
 * @read: prints what the receiver of a lane measures; optional
 * @port: prints what FEC of the port counts; optional
 * @measure: begins a measurement of a lane; optional
 * @cancel: ends it before its time; optional
 * @prepare: lets a lane drive a signal; optional
 * @quiet: tells that it need not any more; optional
 * @timeout_ms: how long one of them may take
 * @end_ns: when the measurement that runs will have ended, 0: none runs
 * @totals: running counters of a lane as they were when it was read last
 * @port_has: running counters of the port that were read last, a bit each
 * @port_totals: what they were
 */
struct agent_exec {
	struct agent_command get;
	struct agent_command set;
	struct agent_command validate;
	struct agent_command read;
	struct agent_command port;
	struct agent_command measure;
	struct agent_command cancel;
	struct agent_command prepare;
	struct agent_command quiet;
	u32 timeout_ms;
	u64 end_ns;
	struct {
		bool known;
		u64 errors;
		u64 bits;
	} totals[LPO_MAX_LANES];
	u32 port_has;
	u64 port_totals[AGENT_PORT_COUNTERS];
};

struct agent_model;

/**
 * struct agent_host - the lanes of a host
 * @cage: name of the cage
 * @desc: how they are registered; the id is that of the cage at present
 * @lanes: lanes of the host, a bit each
 * @model: the model that they are, NULL: they are driven by @exec
 * @exec: commands
 */
struct agent_host {
	char cage[LPO_NAME_LEN];
	struct lpo_agent_desc desc;
	u32 lanes;
	struct agent_model *model;
	struct agent_exec exec;
};

/**
 * struct agent_config - what an agent is to do
 * @n: number of @host
 * @host: hosts
 */
struct agent_config {
	unsigned int n;
	struct agent_host *host;
};

/* config.c */
int agent_config_parse(const char *text, size_t len, struct agent_config *c,
		       struct lpo_json_error *err);
int agent_config_load(const char *path, struct agent_config *c,
		      struct lpo_json_error *err);
void agent_config_free(struct agent_config *c);

/* host.c */
u64 agent_now_ns(void);
void agent_serve(struct agent_host *h, const struct lpo_agent_request *call,
		 struct lpo_agent_result *res);
u64 agent_measuring(const struct agent_host *h);
void agent_measured(struct agent_host *h);
int agent_fail(struct lpo_agent_result *res, int error, int lane, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

/* command.c */
bool agent_placeholder(const char **at, char *name, size_t size);

/**
 * struct agent_output - what a command printed
 * @text: standard output, with a null byte behind it; to be freed by free()
 * @len: bytes of it
 * @reason: why it failed, one line that prints
 */
struct agent_output {
	char *text;
	size_t len;
	char reason[LPO_REASON_LEN];
};

/**
 * struct agent_words - what placeholders stand for, beside the names of a host
 * @lane: lane of the host
 * @values: values of its parameters, NULL: there are none
 * @ms: how long to measure
 */
struct agent_words {
	u32 lane;
	const struct lpo_agent_values *values;
	u32 ms;
};

int agent_command_run(const struct agent_command *cmd, const struct agent_host *h,
		      const struct agent_words *words, u32 timeout_ms,
		      struct agent_output *out);

/* exec.c */
int agent_exec_get(struct agent_host *h, const struct lpo_agent_request *call,
		   struct lpo_agent_result *res);
int agent_exec_set(struct agent_host *h, const struct lpo_agent_request *call,
		   struct lpo_agent_result *res);
int agent_exec_validate(struct agent_host *h, const struct lpo_agent_request *call,
			struct lpo_agent_result *res);
int agent_exec_measure(struct agent_host *h, const struct lpo_agent_request *call,
		       struct lpo_agent_result *res);
int agent_exec_cancel(struct agent_host *h, const struct lpo_agent_request *call,
		      struct lpo_agent_result *res);
int agent_exec_drive(struct agent_host *h, const struct lpo_agent_request *call,
		     struct lpo_agent_result *res);
int agent_exec_read(struct agent_host *h, const struct lpo_agent_request *call,
		    struct lpo_agent_result *res);
void agent_exec_free(struct agent_exec *x);

/* model.c */
struct agent_model *agent_model_new(void);
void agent_model_free(struct agent_model *m);
int agent_model_link(struct agent_model *m, const char *name, s32 value, char *why,
		     size_t size);
void agent_model_seed(struct agent_model *m, u32 seed);
int agent_model_begin(struct agent_model *m, struct agent_host *h, bool linear,
		      char *why, size_t size);
void agent_model_params(struct lpo_agent_desc *desc, bool linear);
int agent_model_get(struct agent_host *h, const struct lpo_agent_request *call,
		    struct lpo_agent_result *res);
int agent_model_set(struct agent_host *h, const struct lpo_agent_request *call,
		    bool validate, struct lpo_agent_result *res);
int agent_model_drive(struct agent_host *h, const struct lpo_agent_request *call,
		      bool on);
int agent_model_read(struct agent_host *h, const struct lpo_agent_request *call,
		     u64 now_ns, struct lpo_agent_result *res);
void agent_model_measure(struct agent_host *h, u32 lanes, u64 end_ns);
u64 agent_model_measuring(const struct agent_host *h);
void agent_model_measured(struct agent_host *h);

#endif /* LPO_AGENT_AGENT_H */
