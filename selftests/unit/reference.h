/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where the reference model of lanes is: a program in Python that is not part of this
 * project. It is looked for beside the data of test_modules, as ../reference/lpo_model.py
 * of $LPO_SHARED_DATA or of shared/data beside the project.
 */
#ifndef UNIT_REFERENCE_H
#define UNIT_REFERENCE_H

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tap.h"

static char model[512];
static const char *missing;

static inline void find_model(void)
{
	const char *env = getenv("LPO_SHARED_DATA");
	static char why[600];

	snprintf(model, sizeof(model), "%s/../reference/lpo_model.py",
		 env ? env : LPO_TOP "/../shared/data");
	if (access(model, R_OK)) {
		snprintf(why, sizeof(why), "no %s, see LPO_SHARED_DATA", model);
		missing = why;
	} else if (system("python3 -c ''")) {
		missing = "no python3";
	}
}

/* Output of the model, or of a script that uses it; arguments are our own. */
static inline FILE *run(const char *script, const char *args)
{
	char command[4096];
	FILE *f;

	snprintf(command, sizeof(command), "python3 -B '%s' %s", script, args);
	fflush(stdout);
	f = popen(command, "r");
	if (!f)
		tap_fail("%s: %s", command, strerror(errno));
	return f;
}

static inline void finish(FILE *f, unsigned int n, unsigned int least)
{
	int status = pclose(f);

	if (status)
		tap_fail("python3: status %d", status);
	if (n < least)
		tap_fail("%u lines only", n);
}

#endif /* UNIT_REFERENCE_H */
