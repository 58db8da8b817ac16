/* SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause) */
/* Do not edit directly, made by tools/ynl/regen from: */
/*	Documentation/netlink/specs/lpo.yaml */

#include <linux/lpo.h>

#include "spec.h"

static const struct spec_set spec_set_lpo;
static const struct spec_set spec_set_application;
static const struct spec_set spec_set_advert;
static const struct spec_set spec_set_monitor;
static const struct spec_set spec_set_sample;
static const struct spec_set spec_set_page;
static const struct spec_set spec_set_flag;
static const struct spec_set spec_set_flags;
static const struct spec_set spec_set_lane;
static const struct spec_set spec_set_lane_config;
static const struct spec_set spec_set_datapath;
static const struct spec_set spec_set_eq;
static const struct spec_set spec_set_limit;
static const struct spec_set spec_set_lane_eq;
static const struct spec_set spec_set_tap;
static const struct spec_set spec_set_host;
static const struct spec_set spec_set_reading;
static const struct spec_set spec_set_margin;
static const struct spec_set spec_set_lane_margin;
static const struct spec_set spec_set_agent;
static const struct spec_set spec_set_number;
static const struct spec_set spec_set_vdm;
static const struct spec_set spec_set_diag;
static const struct spec_set spec_set_lease;

static const struct spec_attr spec_set_lpo_attrs[] = {
	{ "id", LPO_A_ID, SPEC_UNSIGNED, 4, 0, 0, 0, 0, 4294967295U, NULL },
	{ "name", LPO_A_NAME, SPEC_STRING, 0, 0, 0, 1, 0, 31, NULL },
	{ "ifindex", LPO_A_IFINDEX, SPEC_UNSIGNED, 4, 0, 0, 2, 0, 4294967295U, NULL },
	{ "state", LPO_A_STATE, SPEC_UNSIGNED, 4, 0, 0, 3, 0, 8, NULL },
	{ "state-error", LPO_A_STATE_ERROR, SPEC_SIGNED, 4, 0, 0, 4, -2147483648, 2147483647, NULL },
	{ "state-reason", LPO_A_STATE_REASON, SPEC_STRING, 0, 0, 0, 5, 0, 0, NULL },
	{ "identifier", LPO_A_IDENTIFIER, SPEC_UNSIGNED, 4, 0, 0, 6, 0, 4294967295U, NULL },
	{ "cmis-revision", LPO_A_CMIS_REVISION, SPEC_UNSIGNED, 4, 0, 0, 7, 0, 4294967295U, NULL },
	{ "vendor-name", LPO_A_VENDOR_NAME, SPEC_STRING, 0, 0, 0, 8, 0, 0, NULL },
	{ "vendor-pn", LPO_A_VENDOR_PN, SPEC_STRING, 0, 0, 0, 9, 0, 0, NULL },
	{ "vendor-rev", LPO_A_VENDOR_REV, SPEC_STRING, 0, 0, 0, 10, 0, 0, NULL },
	{ "vendor-sn", LPO_A_VENDOR_SN, SPEC_STRING, 0, 0, 0, 11, 0, 0, NULL },
	{ "vendor-oui", LPO_A_VENDOR_OUI, SPEC_UNSIGNED, 4, 0, 0, 12, 0, 4294967295U, NULL },
	{ "date-code", LPO_A_DATE_CODE, SPEC_STRING, 0, 0, 0, 13, 0, 0, NULL },
	{ "clei", LPO_A_CLEI, SPEC_STRING, 0, 0, 0, 14, 0, 0, NULL },
	{ "firmware-revision", LPO_A_FIRMWARE_REVISION, SPEC_STRING, 0, 0, 0, 15, 0, 0, NULL },
	{ "hardware-revision", LPO_A_HARDWARE_REVISION, SPEC_STRING, 0, 0, 0, 16, 0, 0, NULL },
	{ "connector", LPO_A_CONNECTOR, SPEC_UNSIGNED, 4, 0, 0, 17, 0, 4294967295U, NULL },
	{ "media-type", LPO_A_MEDIA_TYPE, SPEC_UNSIGNED, 4, 0, 0, 18, 0, 4294967295U, NULL },
	{ "media-technology", LPO_A_MEDIA_TECHNOLOGY, SPEC_UNSIGNED, 4, 0, 0, 19, 0, 4294967295U, NULL },
	{ "power-class", LPO_A_POWER_CLASS, SPEC_UNSIGNED, 4, 0, 0, 20, 0, 4294967295U, NULL },
	{ "max-power-mw", LPO_A_MAX_POWER_MW, SPEC_UNSIGNED, 4, 0, 0, 21, 0, 4294967295U, NULL },
	{ "cable-length-mm", LPO_A_CABLE_LENGTH_MM, SPEC_UNSIGNED, 4, 0, 0, 22, 0, 4294967295U, NULL },
	{ "lanes", LPO_A_LANES, SPEC_UNSIGNED, 4, 0, 0, 23, 0, 4294967295U, NULL },
	{ "module-class", LPO_A_MODULE_CLASS, SPEC_UNSIGNED, 4, 0, 0, 24, 0, 5, NULL },
	{ "class-rules", LPO_A_CLASS_RULES, SPEC_UNSIGNED, 4, 0, 1, 25, 0, 255, NULL },
	{ "checksum-bad", LPO_A_CHECKSUM_BAD, SPEC_UNSIGNED, 4, 0, 0, 26, 0, 4294967295U, NULL },
	{ "checksum-checked", LPO_A_CHECKSUM_CHECKED, SPEC_UNSIGNED, 4, 0, 0, 27, 0, 4294967295U, NULL },
	{ "application", LPO_A_APPLICATION, SPEC_NEST, 0, 1, 0, 28, 0, 0, &spec_set_application },
	{ "advert", LPO_A_ADVERT, SPEC_NEST, 0, 0, 0, 29, 0, 0, &spec_set_advert },
	{ "low-power", LPO_A_LOW_POWER, SPEC_UNSIGNED, 4, 0, 0, 30, 0, 1, NULL },
	{ "poll-interval-ms", LPO_A_POLL_INTERVAL_MS, SPEC_UNSIGNED, 4, 0, 0, 31, 10, 30000, NULL },
	{ "reset", LPO_A_RESET, SPEC_FLAG, 0, 0, 0, 32, 0, 0, NULL },
	{ "insert-count", LPO_A_INSERT_COUNT, SPEC_UNSIGNED, 4, 0, 0, 33, 0, 4294967295U, NULL },
	{ "read-chunk", LPO_A_READ_CHUNK, SPEC_UNSIGNED, 4, 0, 0, 34, 0, 4294967295U, NULL },
	{ "age-ms", LPO_A_AGE_MS, SPEC_UNSIGNED, 4, 0, 0, 35, 0, 4294967295U, NULL },
	{ "timestamp-ns", LPO_A_TIMESTAMP_NS, SPEC_UNSIGNED, 8, 0, 0, 36, 0, 18446744073709551615ULL, NULL },
	{ "pad", LPO_A_PAD, SPEC_PAD, 0, 0, 0, 37, 0, 0, NULL },
	{ "fault-cause", LPO_A_FAULT_CAUSE, SPEC_UNSIGNED, 4, 0, 0, 38, 0, 4294967295U, NULL },
	{ "quirks", LPO_A_QUIRKS, SPEC_UNSIGNED, 4, 0, 1, 39, 0, 31, NULL },
	{ "quirk-reason", LPO_A_QUIRK_REASON, SPEC_STRING, 0, 0, 0, 40, 0, 0, NULL },
	{ "vendor-descriptor", LPO_A_VENDOR_DESCRIPTOR, SPEC_STRING, 0, 0, 0, 41, 0, 0, NULL },
	{ "pins", LPO_A_PINS, SPEC_UNSIGNED, 4, 0, 1, 42, 0, 15, NULL },
	{ "lease-holder", LPO_A_LEASE_HOLDER, SPEC_STRING, 0, 0, 0, 43, 0, 0, NULL },
	{ "deadline-ms", LPO_A_DEADLINE_MS, SPEC_UNSIGNED, 4, 0, 0, 44, 0, 4294967295U, NULL },
	{ "masked", LPO_A_MASKED, SPEC_UNSIGNED, 4, 0, 1, 45, 0, 63, NULL },
	{ "temperature-masked", LPO_A_TEMPERATURE_MASKED, SPEC_UNSIGNED, 4, 0, 1, 46, 0, 15, NULL },
	{ "voltage-masked", LPO_A_VOLTAGE_MASKED, SPEC_UNSIGNED, 4, 0, 1, 47, 0, 15, NULL },
	{ "aux1-masked", LPO_A_AUX1_MASKED, SPEC_UNSIGNED, 4, 0, 1, 48, 0, 15, NULL },
	{ "aux2-masked", LPO_A_AUX2_MASKED, SPEC_UNSIGNED, 4, 0, 1, 49, 0, 15, NULL },
	{ "aux3-masked", LPO_A_AUX3_MASKED, SPEC_UNSIGNED, 4, 0, 1, 50, 0, 15, NULL },
	{ "custom-masked", LPO_A_CUSTOM_MASKED, SPEC_UNSIGNED, 4, 0, 1, 51, 0, 15, NULL },
};

static const struct spec_set spec_set_lpo = {
	"lpo", spec_set_lpo_attrs, 52,
};

static const struct spec_attr spec_set_application_attrs[] = {
	{ "appsel", LPO_A_APPLICATION_APPSEL, SPEC_UNSIGNED, 4, 0, 0, 52, 0, 4294967295U, NULL },
	{ "host-interface", LPO_A_APPLICATION_HOST_INTERFACE, SPEC_UNSIGNED, 4, 0, 0, 53, 0, 4294967295U, NULL },
	{ "media-interface", LPO_A_APPLICATION_MEDIA_INTERFACE, SPEC_UNSIGNED, 4, 0, 0, 54, 0, 4294967295U, NULL },
	{ "host-lanes", LPO_A_APPLICATION_HOST_LANES, SPEC_UNSIGNED, 4, 0, 0, 55, 0, 4294967295U, NULL },
	{ "media-lanes", LPO_A_APPLICATION_MEDIA_LANES, SPEC_UNSIGNED, 4, 0, 0, 56, 0, 4294967295U, NULL },
	{ "host-assignment", LPO_A_APPLICATION_HOST_ASSIGNMENT, SPEC_UNSIGNED, 4, 0, 0, 57, 0, 4294967295U, NULL },
	{ "media-assignment", LPO_A_APPLICATION_MEDIA_ASSIGNMENT, SPEC_UNSIGNED, 4, 0, 0, 58, 0, 4294967295U, NULL },
};

static const struct spec_set spec_set_application = {
	"application", spec_set_application_attrs, 7,
};

static const struct spec_attr spec_set_advert_attrs[] = {
	{ "module-features", LPO_A_ADVERT_MODULE_FEATURES, SPEC_UNSIGNED, 4, 0, 1, 59, 0, 4294967295U, NULL },
	{ "tx-features", LPO_A_ADVERT_TX_FEATURES, SPEC_UNSIGNED, 4, 0, 1, 60, 0, 65535, NULL },
	{ "rx-features", LPO_A_ADVERT_RX_FEATURES, SPEC_UNSIGNED, 4, 0, 1, 61, 0, 16383, NULL },
	{ "banks", LPO_A_ADVERT_BANKS, SPEC_UNSIGNED, 4, 0, 0, 62, 0, 4294967295U, NULL },
	{ "length-smf-m", LPO_A_ADVERT_LENGTH_SMF_M, SPEC_UNSIGNED, 4, 0, 0, 63, 0, 4294967295U, NULL },
	{ "length-om5-m", LPO_A_ADVERT_LENGTH_OM5_M, SPEC_UNSIGNED, 4, 0, 0, 64, 0, 4294967295U, NULL },
	{ "length-om4-m", LPO_A_ADVERT_LENGTH_OM4_M, SPEC_UNSIGNED, 4, 0, 0, 65, 0, 4294967295U, NULL },
	{ "length-om3-m", LPO_A_ADVERT_LENGTH_OM3_M, SPEC_UNSIGNED, 4, 0, 0, 66, 0, 4294967295U, NULL },
	{ "length-om2-m", LPO_A_ADVERT_LENGTH_OM2_M, SPEC_UNSIGNED, 4, 0, 0, 67, 0, 4294967295U, NULL },
	{ "wavelength-pm", LPO_A_ADVERT_WAVELENGTH_PM, SPEC_UNSIGNED, 4, 0, 0, 68, 0, 4294967295U, NULL },
	{ "wavelength-tolerance-pm", LPO_A_ADVERT_WAVELENGTH_TOLERANCE_PM, SPEC_UNSIGNED, 4, 0, 0, 69, 0, 4294967295U, NULL },
	{ "temperature-max-mc", LPO_A_ADVERT_TEMPERATURE_MAX_MC, SPEC_SIGNED, 4, 0, 0, 70, -2147483648, 2147483647, NULL },
	{ "temperature-min-mc", LPO_A_ADVERT_TEMPERATURE_MIN_MC, SPEC_SIGNED, 4, 0, 0, 71, -2147483648, 2147483647, NULL },
	{ "propagation-delay-ns", LPO_A_ADVERT_PROPAGATION_DELAY_NS, SPEC_UNSIGNED, 4, 0, 0, 72, 0, 4294967295U, NULL },
	{ "voltage-min-uv", LPO_A_ADVERT_VOLTAGE_MIN_UV, SPEC_UNSIGNED, 4, 0, 0, 73, 0, 4294967295U, NULL },
	{ "tx-input-clocking", LPO_A_ADVERT_TX_INPUT_CLOCKING, SPEC_UNSIGNED, 4, 0, 0, 74, 0, 4294967295U, NULL },
	{ "cdr-power-saved-mw", LPO_A_ADVERT_CDR_POWER_SAVED_MW, SPEC_UNSIGNED, 4, 0, 0, 75, 0, 4294967295U, NULL },
	{ "rx-amplitude-codes", LPO_A_ADVERT_RX_AMPLITUDE_CODES, SPEC_UNSIGNED, 4, 0, 0, 76, 0, 4294967295U, NULL },
	{ "tx-input-eq-limit", LPO_A_ADVERT_TX_INPUT_EQ_LIMIT, SPEC_UNSIGNED, 4, 0, 0, 77, 0, 4294967295U, NULL },
	{ "rx-output-pre-limit", LPO_A_ADVERT_RX_OUTPUT_PRE_LIMIT, SPEC_UNSIGNED, 4, 0, 0, 78, 0, 4294967295U, NULL },
	{ "rx-output-post-limit", LPO_A_ADVERT_RX_OUTPUT_POST_LIMIT, SPEC_UNSIGNED, 4, 0, 0, 79, 0, 4294967295U, NULL },
	{ "rx-output-eq-type", LPO_A_ADVERT_RX_OUTPUT_EQ_TYPE, SPEC_UNSIGNED, 4, 0, 0, 80, 0, 4294967295U, NULL },
	{ "tx-squelch-method", LPO_A_ADVERT_TX_SQUELCH_METHOD, SPEC_UNSIGNED, 4, 0, 0, 81, 0, 4294967295U, NULL },
	{ "tx-bias-scale", LPO_A_ADVERT_TX_BIAS_SCALE, SPEC_UNSIGNED, 4, 0, 0, 82, 0, 4294967295U, NULL },
	{ "tx-eq-recall-buffers", LPO_A_ADVERT_TX_EQ_RECALL_BUFFERS, SPEC_UNSIGNED, 4, 0, 0, 83, 0, 4294967295U, NULL },
	{ "monitors", LPO_A_ADVERT_MONITORS, SPEC_UNSIGNED, 4, 0, 0, 84, 0, 4294967295U, NULL },
	{ "aux-kinds", LPO_A_ADVERT_AUX_KINDS, SPEC_UNSIGNED, 4, 0, 0, 85, 0, 4294967295U, NULL },
	{ "duration-datapath-init-us", LPO_A_ADVERT_DURATION_DATAPATH_INIT_US, SPEC_UNSIGNED, 4, 0, 0, 86, 0, 4294967295U, NULL },
	{ "duration-datapath-deinit-us", LPO_A_ADVERT_DURATION_DATAPATH_DEINIT_US, SPEC_UNSIGNED, 4, 0, 0, 87, 0, 4294967295U, NULL },
	{ "duration-tx-turn-on-us", LPO_A_ADVERT_DURATION_TX_TURN_ON_US, SPEC_UNSIGNED, 4, 0, 0, 88, 0, 4294967295U, NULL },
	{ "duration-tx-turn-off-us", LPO_A_ADVERT_DURATION_TX_TURN_OFF_US, SPEC_UNSIGNED, 4, 0, 0, 89, 0, 4294967295U, NULL },
	{ "duration-power-up-us", LPO_A_ADVERT_DURATION_POWER_UP_US, SPEC_UNSIGNED, 4, 0, 0, 90, 0, 4294967295U, NULL },
	{ "duration-power-down-us", LPO_A_ADVERT_DURATION_POWER_DOWN_US, SPEC_UNSIGNED, 4, 0, 0, 91, 0, 4294967295U, NULL },
	{ "duration-page-change-us", LPO_A_ADVERT_DURATION_PAGE_CHANGE_US, SPEC_UNSIGNED, 4, 0, 0, 92, 0, 4294967295U, NULL },
	{ "modsel-wait-us", LPO_A_ADVERT_MODSEL_WAIT_US, SPEC_UNSIGNED, 4, 0, 0, 93, 0, 4294967295U, NULL },
	{ "cdb-instances", LPO_A_ADVERT_CDB_INSTANCES, SPEC_UNSIGNED, 4, 0, 0, 94, 0, 4294967295U, NULL },
	{ "cdb-epl-pages", LPO_A_ADVERT_CDB_EPL_PAGES, SPEC_UNSIGNED, 4, 0, 0, 95, 0, 4294967295U, NULL },
	{ "cdb-access-bytes", LPO_A_ADVERT_CDB_ACCESS_BYTES, SPEC_UNSIGNED, 4, 0, 0, 96, 0, 4294967295U, NULL },
	{ "cdb-busy-us", LPO_A_ADVERT_CDB_BUSY_US, SPEC_UNSIGNED, 4, 0, 0, 97, 0, 4294967295U, NULL },
	{ "tx-polarity-inverted", LPO_A_ADVERT_TX_POLARITY_INVERTED, SPEC_UNSIGNED, 4, 0, 0, 98, 0, 4294967295U, NULL },
	{ "rx-polarity-inverted", LPO_A_ADVERT_RX_POLARITY_INVERTED, SPEC_UNSIGNED, 4, 0, 0, 99, 0, 4294967295U, NULL },
	{ "inactive-firmware", LPO_A_ADVERT_INACTIVE_FIRMWARE, SPEC_UNSIGNED, 4, 0, 0, 100, 0, 4294967295U, NULL },
	{ "mci-speed-khz", LPO_A_ADVERT_MCI_SPEED_KHZ, SPEC_UNSIGNED, 4, 0, 0, 101, 0, 4294967295U, NULL },
};

static const struct spec_set spec_set_advert = {
	"advert", spec_set_advert_attrs, 43,
};

static const struct spec_attr spec_set_monitor_attrs[] = {
	{ "id", LPO_A_MONITOR_ID, SPEC_UNSIGNED, 4, 0, 0, 0, 0, 4294967295U, NULL },
	{ "lane", LPO_A_MONITOR_LANE, SPEC_UNSIGNED, 4, 0, 0, 102, 0, 31, NULL },
	{ "datapath", LPO_A_MONITOR_DATAPATH, SPEC_UNSIGNED, 4, 0, 0, 103, 0, 7, NULL },
	{ "appsel", LPO_A_MONITOR_APPSEL, SPEC_UNSIGNED, 4, 0, 0, 52, 0, 4294967295U, NULL },
	{ "config-status", LPO_A_MONITOR_CONFIG_STATUS, SPEC_UNSIGNED, 4, 0, 0, 104, 0, 4294967295U, NULL },
	{ "tx-output", LPO_A_MONITOR_TX_OUTPUT, SPEC_UNSIGNED, 4, 0, 0, 105, 0, 4294967295U, NULL },
	{ "rx-output", LPO_A_MONITOR_RX_OUTPUT, SPEC_UNSIGNED, 4, 0, 0, 106, 0, 4294967295U, NULL },
	{ "active", LPO_A_MONITOR_ACTIVE, SPEC_UNSIGNED, 4, 0, 1, 107, 0, 255, NULL },
	{ "latched", LPO_A_MONITOR_LATCHED, SPEC_UNSIGNED, 4, 0, 1, 108, 0, 255, NULL },
	{ "supported", LPO_A_MONITOR_SUPPORTED, SPEC_UNSIGNED, 4, 0, 1, 109, 0, 255, NULL },
	{ "module-active", LPO_A_MONITOR_MODULE_ACTIVE, SPEC_UNSIGNED, 4, 0, 1, 110, 0, 63, NULL },
	{ "module-latched", LPO_A_MONITOR_MODULE_LATCHED, SPEC_UNSIGNED, 4, 0, 1, 111, 0, 63, NULL },
	{ "sample", LPO_A_MONITOR_SAMPLE, SPEC_NEST, 0, 1, 0, 112, 0, 0, &spec_set_sample },
	{ "error", LPO_A_MONITOR_ERROR, SPEC_SIGNED, 4, 0, 0, 113, -2147483648, 2147483647, NULL },
	{ "age-ms", LPO_A_MONITOR_AGE_MS, SPEC_UNSIGNED, 4, 0, 0, 35, 0, 4294967295U, NULL },
	{ "timestamp-ns", LPO_A_MONITOR_TIMESTAMP_NS, SPEC_UNSIGNED, 8, 0, 0, 36, 0, 18446744073709551615ULL, NULL },
	{ "pad", LPO_A_MONITOR_PAD, SPEC_PAD, 0, 0, 0, 37, 0, 0, NULL },
	{ "edge", LPO_A_MONITOR_EDGE, SPEC_NEST, 0, 1, 0, 114, 0, 0, &spec_set_flag },
	{ "explicit-control", LPO_A_MONITOR_EXPLICIT_CONTROL, SPEC_UNSIGNED, 4, 0, 0, 115, 0, 4294967295U, NULL },
	{ "input-eq-adaptive", LPO_A_MONITOR_INPUT_EQ_ADAPTIVE, SPEC_UNSIGNED, 4, 0, 0, 116, 0, 4294967295U, NULL },
	{ "input-eq", LPO_A_MONITOR_INPUT_EQ, SPEC_UNSIGNED, 4, 0, 0, 117, 0, 4294967295U, NULL },
	{ "output-pre", LPO_A_MONITOR_OUTPUT_PRE, SPEC_UNSIGNED, 4, 0, 0, 118, 0, 4294967295U, NULL },
	{ "output-post", LPO_A_MONITOR_OUTPUT_POST, SPEC_UNSIGNED, 4, 0, 0, 119, 0, 4294967295U, NULL },
	{ "output-amplitude", LPO_A_MONITOR_OUTPUT_AMPLITUDE, SPEC_UNSIGNED, 4, 0, 0, 120, 0, 4294967295U, NULL },
	{ "tx-polarity-inverted", LPO_A_MONITOR_TX_POLARITY_INVERTED, SPEC_UNSIGNED, 4, 0, 0, 98, 0, 4294967295U, NULL },
	{ "rx-polarity-inverted", LPO_A_MONITOR_RX_POLARITY_INVERTED, SPEC_UNSIGNED, 4, 0, 0, 99, 0, 4294967295U, NULL },
	{ "oer-limit-mdb", LPO_A_MONITOR_OER_LIMIT_MDB, SPEC_UNSIGNED, 4, 0, 0, 121, 0, 4294967295U, NULL },
	{ "driver-agc", LPO_A_MONITOR_DRIVER_AGC, SPEC_UNSIGNED, 4, 0, 0, 122, 0, 4294967295U, NULL },
};

static const struct spec_set spec_set_monitor = {
	"monitor", spec_set_monitor_attrs, 28,
};

static const struct spec_attr spec_set_sample_attrs[] = {
	{ "sensor", LPO_A_SAMPLE_SENSOR, SPEC_UNSIGNED, 4, 0, 0, 123, 0, 10, NULL },
	{ "index", LPO_A_SAMPLE_INDEX, SPEC_UNSIGNED, 4, 0, 0, 124, 0, 4294967295U, NULL },
	{ "value", LPO_A_SAMPLE_VALUE, SPEC_SIGNED, 4, 0, 0, 125, -2147483648, 2147483647, NULL },
	{ "high-alarm", LPO_A_SAMPLE_HIGH_ALARM, SPEC_SIGNED, 4, 0, 0, 126, -2147483648, 2147483647, NULL },
	{ "low-alarm", LPO_A_SAMPLE_LOW_ALARM, SPEC_SIGNED, 4, 0, 0, 127, -2147483648, 2147483647, NULL },
	{ "high-warn", LPO_A_SAMPLE_HIGH_WARN, SPEC_SIGNED, 4, 0, 0, 128, -2147483648, 2147483647, NULL },
	{ "low-warn", LPO_A_SAMPLE_LOW_WARN, SPEC_SIGNED, 4, 0, 0, 129, -2147483648, 2147483647, NULL },
	{ "active", LPO_A_SAMPLE_ACTIVE, SPEC_UNSIGNED, 4, 0, 1, 107, 0, 15, NULL },
	{ "latched", LPO_A_SAMPLE_LATCHED, SPEC_UNSIGNED, 4, 0, 1, 108, 0, 15, NULL },
	{ "accuracy", LPO_A_SAMPLE_ACCURACY, SPEC_UNSIGNED, 4, 0, 0, 130, 0, 4294967295U, NULL },
	{ "accuracy-mdb", LPO_A_SAMPLE_ACCURACY_MDB, SPEC_UNSIGNED, 4, 0, 0, 131, 0, 4294967295U, NULL },
	{ "masked", LPO_A_SAMPLE_MASKED, SPEC_UNSIGNED, 4, 0, 1, 45, 0, 15, NULL },
};

static const struct spec_set spec_set_sample = {
	"sample", spec_set_sample_attrs, 12,
};

static const struct spec_attr spec_set_page_attrs[] = {
	{ "id", LPO_A_PAGE_ID, SPEC_UNSIGNED, 4, 0, 0, 0, 0, 4294967295U, NULL },
	{ "bank", LPO_A_PAGE_BANK, SPEC_UNSIGNED, 4, 0, 0, 132, 0, 3, NULL },
	{ "page", LPO_A_PAGE_PAGE, SPEC_UNSIGNED, 4, 0, 0, 133, 0, 255, NULL },
	{ "offset", LPO_A_PAGE_OFFSET, SPEC_UNSIGNED, 4, 0, 0, 134, 0, 255, NULL },
	{ "length", LPO_A_PAGE_LENGTH, SPEC_UNSIGNED, 4, 0, 0, 135, 1, 128, NULL },
	{ "data", LPO_A_PAGE_DATA, SPEC_BINARY, 0, 0, 0, 136, 0, 0, NULL },
	{ "error", LPO_A_PAGE_ERROR, SPEC_SIGNED, 4, 0, 0, 113, -2147483648, 2147483647, NULL },
};

static const struct spec_set spec_set_page = {
	"page", spec_set_page_attrs, 7,
};

static const struct spec_attr spec_set_flag_attrs[] = {
	{ "lane-flag", LPO_A_FLAG_LANE_FLAG, SPEC_UNSIGNED, 4, 0, 1, 137, 0, 255, NULL },
	{ "module-flag", LPO_A_FLAG_MODULE_FLAG, SPEC_UNSIGNED, 4, 0, 1, 138, 0, 63, NULL },
	{ "sensor", LPO_A_FLAG_SENSOR, SPEC_UNSIGNED, 4, 0, 0, 123, 0, 10, NULL },
	{ "index", LPO_A_FLAG_INDEX, SPEC_UNSIGNED, 4, 0, 0, 124, 0, 4294967295U, NULL },
	{ "vdm-instance", LPO_A_FLAG_VDM_INSTANCE, SPEC_UNSIGNED, 4, 0, 0, 139, 0, 4294967295U, NULL },
	{ "threshold", LPO_A_FLAG_THRESHOLD, SPEC_UNSIGNED, 4, 0, 1, 140, 0, 15, NULL },
	{ "present", LPO_A_FLAG_PRESENT, SPEC_UNSIGNED, 4, 0, 0, 141, 0, 4294967295U, NULL },
	{ "latched", LPO_A_FLAG_LATCHED, SPEC_UNSIGNED, 4, 0, 0, 108, 0, 4294967295U, NULL },
	{ "count", LPO_A_FLAG_COUNT, SPEC_UNSIGNED, 4, 0, 0, 142, 0, 4294967295U, NULL },
	{ "sequence", LPO_A_FLAG_SEQUENCE, SPEC_UNSIGNED, 4, 0, 0, 143, 0, 4294967295U, NULL },
	{ "pad", LPO_A_FLAG_PAD, SPEC_PAD, 0, 0, 0, 37, 0, 0, NULL },
	{ "first-ns", LPO_A_FLAG_FIRST_NS, SPEC_UNSIGNED, 8, 0, 0, 144, 0, 18446744073709551615ULL, NULL },
	{ "last-ns", LPO_A_FLAG_LAST_NS, SPEC_UNSIGNED, 8, 0, 0, 145, 0, 18446744073709551615ULL, NULL },
	{ "masked", LPO_A_FLAG_MASKED, SPEC_UNSIGNED, 4, 0, 0, 45, 0, 4294967295U, NULL },
};

static const struct spec_set spec_set_flag = {
	"flag", spec_set_flag_attrs, 14,
};

static const struct spec_attr spec_set_flags_attrs[] = {
	{ "id", LPO_A_FLAGS_ID, SPEC_UNSIGNED, 4, 0, 0, 0, 0, 4294967295U, NULL },
	{ "lane", LPO_A_FLAGS_LANE, SPEC_UNSIGNED, 4, 0, 0, 102, 0, 31, NULL },
	{ "since", LPO_A_FLAGS_SINCE, SPEC_UNSIGNED, 4, 0, 0, 146, 0, 4294967295U, NULL },
	{ "sequence", LPO_A_FLAGS_SEQUENCE, SPEC_UNSIGNED, 4, 0, 0, 143, 0, 4294967295U, NULL },
	{ "insert-count", LPO_A_FLAGS_INSERT_COUNT, SPEC_UNSIGNED, 4, 0, 0, 33, 0, 4294967295U, NULL },
	{ "flag", LPO_A_FLAGS_FLAG, SPEC_NEST, 0, 1, 0, 147, 0, 0, &spec_set_flag },
	{ "age-ms", LPO_A_FLAGS_AGE_MS, SPEC_UNSIGNED, 4, 0, 0, 35, 0, 4294967295U, NULL },
};

static const struct spec_set spec_set_flags = {
	"flags", spec_set_flags_attrs, 7,
};

static const struct spec_attr spec_set_lane_attrs[] = {
	{ "id", LPO_A_LANE_ID, SPEC_UNSIGNED, 4, 0, 0, 0, 0, 4294967295U, NULL },
	{ "lane", LPO_A_LANE_LANE, SPEC_UNSIGNED, 4, 0, 0, 102, 0, 31, NULL },
	{ "supported", LPO_A_LANE_SUPPORTED, SPEC_UNSIGNED, 4, 0, 1, 109, 0, 255, NULL },
	{ "control", LPO_A_LANE_CONTROL, SPEC_UNSIGNED, 4, 0, 1, 148, 0, 255, NULL },
	{ "control-mask", LPO_A_LANE_CONTROL_MASK, SPEC_UNSIGNED, 4, 0, 1, 149, 0, 255, NULL },
	{ "masked", LPO_A_LANE_MASKED, SPEC_UNSIGNED, 4, 0, 1, 45, 0, 255, NULL },
	{ "tx-bias-masked", LPO_A_LANE_TX_BIAS_MASKED, SPEC_UNSIGNED, 4, 0, 1, 150, 0, 15, NULL },
	{ "tx-power-masked", LPO_A_LANE_TX_POWER_MASKED, SPEC_UNSIGNED, 4, 0, 1, 151, 0, 15, NULL },
	{ "rx-power-masked", LPO_A_LANE_RX_POWER_MASKED, SPEC_UNSIGNED, 4, 0, 1, 152, 0, 15, NULL },
	{ "lane-config", LPO_A_LANE_LANE_CONFIG, SPEC_NEST, 0, 1, 0, 153, 0, 0, &spec_set_lane_config },
	{ "validate-only", LPO_A_LANE_VALIDATE_ONLY, SPEC_FLAG, 0, 0, 0, 154, 0, 0, NULL },
	{ "age-ms", LPO_A_LANE_AGE_MS, SPEC_UNSIGNED, 4, 0, 0, 35, 0, 4294967295U, NULL },
};

static const struct spec_set spec_set_lane = {
	"lane", spec_set_lane_attrs, 12,
};

static const struct spec_attr spec_set_lane_config_attrs[] = {
	{ "lane", LPO_A_LANE_LANE, SPEC_UNSIGNED, 4, 0, 0, 102, 0, 31, NULL },
	{ "control", LPO_A_LANE_CONTROL, SPEC_UNSIGNED, 4, 0, 1, 148, 0, 255, NULL },
	{ "control-mask", LPO_A_LANE_CONTROL_MASK, SPEC_UNSIGNED, 4, 0, 1, 149, 0, 255, NULL },
	{ "masked", LPO_A_LANE_MASKED, SPEC_UNSIGNED, 4, 0, 1, 45, 0, 255, NULL },
	{ "tx-bias-masked", LPO_A_LANE_TX_BIAS_MASKED, SPEC_UNSIGNED, 4, 0, 1, 150, 0, 15, NULL },
	{ "tx-power-masked", LPO_A_LANE_TX_POWER_MASKED, SPEC_UNSIGNED, 4, 0, 1, 151, 0, 15, NULL },
	{ "rx-power-masked", LPO_A_LANE_RX_POWER_MASKED, SPEC_UNSIGNED, 4, 0, 1, 152, 0, 15, NULL },
};

static const struct spec_set spec_set_lane_config = {
	"lane-config", spec_set_lane_config_attrs, 7,
};

static const struct spec_attr spec_set_datapath_attrs[] = {
	{ "id", LPO_A_DATAPATH_ID, SPEC_UNSIGNED, 4, 0, 0, 0, 0, 4294967295U, NULL },
	{ "lane", LPO_A_DATAPATH_LANE, SPEC_UNSIGNED, 4, 0, 0, 102, 0, 31, NULL },
	{ "host-lanes", LPO_A_DATAPATH_HOST_LANES, SPEC_UNSIGNED, 4, 0, 0, 55, 0, 4294967295U, NULL },
	{ "media-lanes", LPO_A_DATAPATH_MEDIA_LANES, SPEC_UNSIGNED, 4, 0, 0, 56, 0, 4294967295U, NULL },
	{ "appsel", LPO_A_DATAPATH_APPSEL, SPEC_UNSIGNED, 4, 0, 0, 52, 0, 15, NULL },
	{ "host-interface", LPO_A_DATAPATH_HOST_INTERFACE, SPEC_UNSIGNED, 4, 0, 0, 53, 0, 4294967295U, NULL },
	{ "media-interface", LPO_A_DATAPATH_MEDIA_INTERFACE, SPEC_UNSIGNED, 4, 0, 0, 54, 0, 4294967295U, NULL },
	{ "state", LPO_A_DATAPATH_STATE, SPEC_UNSIGNED, 4, 0, 0, 3, 0, 7, NULL },
	{ "config-status", LPO_A_DATAPATH_CONFIG_STATUS, SPEC_UNSIGNED, 4, 0, 0, 104, 0, 4294967295U, NULL },
	{ "init-pending", LPO_A_DATAPATH_INIT_PENDING, SPEC_UNSIGNED, 4, 0, 0, 155, 0, 4294967295U, NULL },
	{ "step", LPO_A_DATAPATH_STEP, SPEC_UNSIGNED, 4, 0, 0, 156, 0, 7, NULL },
	{ "deadline-ms", LPO_A_DATAPATH_DEADLINE_MS, SPEC_UNSIGNED, 4, 0, 0, 44, 0, 4294967295U, NULL },
	{ "attempts", LPO_A_DATAPATH_ATTEMPTS, SPEC_UNSIGNED, 4, 0, 0, 157, 0, 4294967295U, NULL },
	{ "reason", LPO_A_DATAPATH_REASON, SPEC_STRING, 0, 0, 0, 158, 0, 0, NULL },
	{ "action", LPO_A_DATAPATH_ACTION, SPEC_UNSIGNED, 4, 0, 0, 159, 0, 3, NULL },
	{ "age-ms", LPO_A_DATAPATH_AGE_MS, SPEC_UNSIGNED, 4, 0, 0, 35, 0, 4294967295U, NULL },
};

static const struct spec_set spec_set_datapath = {
	"datapath", spec_set_datapath_attrs, 16,
};

static const struct spec_attr spec_set_eq_attrs[] = {
	{ "id", LPO_A_EQ_ID, SPEC_UNSIGNED, 4, 0, 0, 0, 0, 4294967295U, NULL },
	{ "lane", LPO_A_EQ_LANE, SPEC_UNSIGNED, 4, 0, 0, 102, 0, 31, NULL },
	{ "side", LPO_A_EQ_SIDE, SPEC_UNSIGNED, 4, 0, 0, 160, 0, 1, NULL },
	{ "tap", LPO_A_EQ_TAP, SPEC_NEST, 0, 1, 0, 161, 0, 0, &spec_set_tap },
	{ "lane-eq", LPO_A_EQ_LANE_EQ, SPEC_NEST, 0, 1, 0, 162, 0, 0, &spec_set_lane_eq },
	{ "validate-only", LPO_A_EQ_VALIDATE_ONLY, SPEC_FLAG, 0, 0, 0, 154, 0, 0, NULL },
	{ "defaults", LPO_A_EQ_DEFAULTS, SPEC_FLAG, 0, 0, 0, 163, 0, 0, NULL },
	{ "age-ms", LPO_A_EQ_AGE_MS, SPEC_UNSIGNED, 4, 0, 0, 35, 0, 4294967295U, NULL },
	{ "limit", LPO_A_EQ_LIMIT, SPEC_NEST, 0, 1, 0, 164, 0, 0, &spec_set_limit },
	{ "changing", LPO_A_EQ_CHANGING, SPEC_FLAG, 0, 0, 0, 165, 0, 0, NULL },
	{ "hot-only", LPO_A_EQ_HOT_ONLY, SPEC_FLAG, 0, 0, 0, 166, 0, 0, NULL },
};

static const struct spec_set spec_set_eq = {
	"eq", spec_set_eq_attrs, 11,
};

static const struct spec_attr spec_set_limit_attrs[] = {
	{ "name", LPO_A_LIMIT_NAME, SPEC_STRING, 0, 0, 0, 1, 1, 31, NULL },
	{ "params", LPO_A_LIMIT_PARAMS, SPEC_UNSIGNED, 4, 0, 1, 167, 0, 33554431, NULL },
	{ "magnitude", LPO_A_LIMIT_MAGNITUDE, SPEC_FLAG, 0, 0, 0, 168, 0, 0, NULL },
	{ "min-value", LPO_A_LIMIT_MIN_VALUE, SPEC_SIGNED, 4, 0, 0, 169, -2147483648, 2147483647, NULL },
	{ "max-value", LPO_A_LIMIT_MAX_VALUE, SPEC_SIGNED, 4, 0, 0, 170, -2147483648, 2147483647, NULL },
};

static const struct spec_set spec_set_limit = {
	"limit", spec_set_limit_attrs, 5,
};

static const struct spec_attr spec_set_lane_eq_attrs[] = {
	{ "lane", LPO_A_EQ_LANE, SPEC_UNSIGNED, 4, 0, 0, 102, 0, 31, NULL },
	{ "tap", LPO_A_EQ_TAP, SPEC_NEST, 0, 1, 0, 161, 0, 0, &spec_set_tap },
};

static const struct spec_set spec_set_lane_eq = {
	"lane-eq", spec_set_lane_eq_attrs, 2,
};

static const struct spec_attr spec_set_tap_attrs[] = {
	{ "param", LPO_A_TAP_PARAM, SPEC_UNSIGNED, 4, 0, 0, 171, 0, 24, NULL },
	{ "value", LPO_A_TAP_VALUE, SPEC_SIGNED, 4, 0, 0, 125, -2147483648, 2147483647, NULL },
	{ "min-value", LPO_A_TAP_MIN_VALUE, SPEC_SIGNED, 4, 0, 0, 169, -2147483648, 2147483647, NULL },
	{ "max-value", LPO_A_TAP_MAX_VALUE, SPEC_SIGNED, 4, 0, 0, 170, -2147483648, 2147483647, NULL },
	{ "step", LPO_A_TAP_STEP, SPEC_UNSIGNED, 4, 0, 0, 156, 0, 4294967295U, NULL },
	{ "unit", LPO_A_TAP_UNIT, SPEC_UNSIGNED, 4, 0, 0, 172, 0, 15, NULL },
	{ "codes", LPO_A_TAP_CODES, SPEC_UNSIGNED, 4, 0, 0, 173, 0, 4294967295U, NULL },
	{ "initial-value", LPO_A_TAP_INITIAL_VALUE, SPEC_SIGNED, 4, 0, 0, 174, -2147483648, 2147483647, NULL },
	{ "read-only", LPO_A_TAP_READ_ONLY, SPEC_FLAG, 0, 0, 0, 175, 0, 0, NULL },
};

static const struct spec_set spec_set_tap = {
	"tap", spec_set_tap_attrs, 9,
};

static const struct spec_attr spec_set_host_attrs[] = {
	{ "id", LPO_A_HOST_ID, SPEC_UNSIGNED, 4, 0, 0, 0, 0, 4294967295U, NULL },
	{ "name", LPO_A_HOST_NAME, SPEC_STRING, 0, 0, 0, 1, 1, 31, NULL },
	{ "lanes", LPO_A_HOST_LANES, SPEC_UNSIGNED, 4, 0, 0, 23, 0, 4294967295U, NULL },
	{ "map", LPO_A_HOST_MAP, SPEC_BINARY, 0, 0, 0, 176, 0, 0, NULL },
	{ "params", LPO_A_HOST_PARAMS, SPEC_UNSIGNED, 4, 0, 1, 167, 0, 33554431, NULL },
	{ "driving", LPO_A_HOST_DRIVING, SPEC_UNSIGNED, 4, 0, 0, 177, 0, 4294967295U, NULL },
	{ "error", LPO_A_HOST_ERROR, SPEC_SIGNED, 4, 0, 0, 113, -2147483648, 2147483647, NULL },
	{ "reason", LPO_A_HOST_REASON, SPEC_STRING, 0, 0, 0, 158, 0, 79, NULL },
	{ "age-ms", LPO_A_HOST_AGE_MS, SPEC_UNSIGNED, 4, 0, 0, 35, 0, 4294967295U, NULL },
};

static const struct spec_set spec_set_host = {
	"host", spec_set_host_attrs, 9,
};

static const struct spec_attr spec_set_reading_attrs[] = {
	{ "metric", LPO_A_READING_METRIC, SPEC_UNSIGNED, 4, 0, 0, 178, 0, 3, NULL },
	{ "unit", LPO_A_READING_UNIT, SPEC_UNSIGNED, 4, 0, 0, 172, 0, 15, NULL },
	{ "value", LPO_A_READING_VALUE, SPEC_SIGNED, 4, 0, 0, 125, -2147483648, 2147483647, NULL },
	{ "exponent", LPO_A_READING_EXPONENT, SPEC_SIGNED, 4, 0, 0, 179, -2147483648, 2147483647, NULL },
	{ "limit", LPO_A_READING_LIMIT, SPEC_SIGNED, 4, 0, 0, 164, -2147483648, 2147483647, NULL },
	{ "limit-exponent", LPO_A_READING_LIMIT_EXPONENT, SPEC_SIGNED, 4, 0, 0, 180, -2147483648, 2147483647, NULL },
	{ "age-ms", LPO_A_READING_AGE_MS, SPEC_UNSIGNED, 4, 0, 0, 35, 0, 4294967295U, NULL },
};

static const struct spec_set spec_set_reading = {
	"reading", spec_set_reading_attrs, 7,
};

static const struct spec_attr spec_set_margin_attrs[] = {
	{ "id", LPO_A_MARGIN_ID, SPEC_UNSIGNED, 4, 0, 0, 0, 0, 4294967295U, NULL },
	{ "lane", LPO_A_MARGIN_LANE, SPEC_UNSIGNED, 4, 0, 0, 102, 0, 31, NULL },
	{ "reading", LPO_A_MARGIN_READING, SPEC_NEST, 0, 1, 0, 181, 0, 0, &spec_set_reading },
	{ "signal", LPO_A_MARGIN_SIGNAL, SPEC_UNSIGNED, 4, 0, 0, 182, 0, 1, NULL },
	{ "lock", LPO_A_MARGIN_LOCK, SPEC_UNSIGNED, 4, 0, 0, 183, 0, 1, NULL },
	{ "snr-samples", LPO_A_MARGIN_SNR_SAMPLES, SPEC_UNSIGNED, 4, 0, 0, 184, 0, 4294967295U, NULL },
	{ "pad", LPO_A_MARGIN_PAD, SPEC_PAD, 0, 0, 0, 37, 0, 0, NULL },
	{ "errors", LPO_A_MARGIN_ERRORS, SPEC_UNSIGNED, 8, 0, 0, 185, 0, 18446744073709551615ULL, NULL },
	{ "bits", LPO_A_MARGIN_BITS, SPEC_UNSIGNED, 8, 0, 0, 186, 0, 18446744073709551615ULL, NULL },
	{ "codewords", LPO_A_MARGIN_CODEWORDS, SPEC_UNSIGNED, 8, 1, 0, 187, 0, 18446744073709551615ULL, NULL },
	{ "interval-ms", LPO_A_MARGIN_INTERVAL_MS, SPEC_UNSIGNED, 8, 0, 0, 188, 0, 18446744073709551615ULL, NULL },
	{ "duration-ms", LPO_A_MARGIN_DURATION_MS, SPEC_UNSIGNED, 4, 0, 0, 189, 1, 30000, NULL },
	{ "measuring", LPO_A_MARGIN_MEASURING, SPEC_FLAG, 0, 0, 0, 190, 0, 0, NULL },
	{ "error", LPO_A_MARGIN_ERROR, SPEC_SIGNED, 4, 0, 0, 113, -2147483648, 2147483647, NULL },
	{ "age-ms", LPO_A_MARGIN_AGE_MS, SPEC_UNSIGNED, 4, 0, 0, 35, 0, 4294967295U, NULL },
	{ "codewords-total", LPO_A_MARGIN_CODEWORDS_TOTAL, SPEC_UNSIGNED, 8, 0, 0, 191, 0, 18446744073709551615ULL, NULL },
	{ "codewords-errored", LPO_A_MARGIN_CODEWORDS_ERRORED, SPEC_UNSIGNED, 8, 0, 0, 192, 0, 18446744073709551615ULL, NULL },
	{ "codewords-uncorrectable", LPO_A_MARGIN_CODEWORDS_UNCORRECTABLE, SPEC_UNSIGNED, 8, 0, 0, 193, 0, 18446744073709551615ULL, NULL },
	{ "stale", LPO_A_MARGIN_STALE, SPEC_FLAG, 0, 0, 0, 194, 0, 0, NULL },
};

static const struct spec_set spec_set_margin = {
	"margin", spec_set_margin_attrs, 19,
};

static const struct spec_attr spec_set_lane_margin_attrs[] = {
	{ "lane", LPO_A_MARGIN_LANE, SPEC_UNSIGNED, 4, 0, 0, 102, 0, 31, NULL },
	{ "reading", LPO_A_MARGIN_READING, SPEC_NEST, 0, 1, 0, 181, 0, 0, &spec_set_reading },
	{ "signal", LPO_A_MARGIN_SIGNAL, SPEC_UNSIGNED, 4, 0, 0, 182, 0, 1, NULL },
	{ "lock", LPO_A_MARGIN_LOCK, SPEC_UNSIGNED, 4, 0, 0, 183, 0, 1, NULL },
	{ "snr-samples", LPO_A_MARGIN_SNR_SAMPLES, SPEC_UNSIGNED, 4, 0, 0, 184, 0, 4294967295U, NULL },
	{ "errors", LPO_A_MARGIN_ERRORS, SPEC_UNSIGNED, 8, 0, 0, 185, 0, 18446744073709551615ULL, NULL },
	{ "bits", LPO_A_MARGIN_BITS, SPEC_UNSIGNED, 8, 0, 0, 186, 0, 18446744073709551615ULL, NULL },
};

static const struct spec_set spec_set_lane_margin = {
	"lane-margin", spec_set_lane_margin_attrs, 7,
};

static const struct spec_attr spec_set_agent_attrs[] = {
	{ "id", LPO_A_AGENT_ID, SPEC_UNSIGNED, 4, 0, 0, 0, 0, 4294967295U, NULL },
	{ "name", LPO_A_AGENT_NAME, SPEC_STRING, 0, 0, 0, 1, 1, 31, NULL },
	{ "map", LPO_A_AGENT_MAP, SPEC_BINARY, 0, 0, 0, 176, 0, 0, NULL },
	{ "param", LPO_A_AGENT_PARAM, SPEC_NEST, 0, 1, 0, 171, 0, 0, &spec_set_tap },
	{ "limit", LPO_A_AGENT_LIMIT, SPEC_NEST, 0, 1, 0, 164, 0, 0, &spec_set_limit },
	{ "features", LPO_A_AGENT_FEATURES, SPEC_UNSIGNED, 4, 0, 1, 195, 0, 15, NULL },
	{ "deadline-ms", LPO_A_AGENT_DEADLINE_MS, SPEC_UNSIGNED, 4, 0, 0, 44, 10, 10000, NULL },
	{ "read-ms", LPO_A_AGENT_READ_MS, SPEC_UNSIGNED, 4, 0, 0, 196, 100, 30000, NULL },
	{ "request", LPO_A_AGENT_REQUEST, SPEC_UNSIGNED, 4, 0, 0, 197, 0, 4294967295U, NULL },
	{ "call", LPO_A_AGENT_CALL, SPEC_UNSIGNED, 4, 0, 0, 198, 0, 7, NULL },
	{ "lanes", LPO_A_AGENT_LANES, SPEC_UNSIGNED, 4, 0, 0, 23, 0, 4294967295U, NULL },
	{ "duration-ms", LPO_A_AGENT_DURATION_MS, SPEC_UNSIGNED, 4, 0, 0, 189, 0, 4294967295U, NULL },
	{ "lane-eq", LPO_A_AGENT_LANE_EQ, SPEC_NEST, 0, 1, 0, 162, 0, 0, &spec_set_lane_eq },
	{ "lane-margin", LPO_A_AGENT_LANE_MARGIN, SPEC_NEST, 0, 1, 0, 199, 0, 0, &spec_set_lane_margin },
	{ "pad", LPO_A_AGENT_PAD, SPEC_PAD, 0, 0, 0, 37, 0, 0, NULL },
	{ "codewords", LPO_A_AGENT_CODEWORDS, SPEC_UNSIGNED, 8, 1, 0, 187, 0, 18446744073709551615ULL, NULL },
	{ "error", LPO_A_AGENT_ERROR, SPEC_UNSIGNED, 4, 0, 0, 113, 1, 511, NULL },
	{ "lane", LPO_A_AGENT_LANE, SPEC_UNSIGNED, 4, 0, 0, 102, 0, 31, NULL },
	{ "reason", LPO_A_AGENT_REASON, SPEC_STRING, 0, 0, 0, 158, 0, 47, NULL },
	{ "codewords-total", LPO_A_AGENT_CODEWORDS_TOTAL, SPEC_UNSIGNED, 8, 0, 0, 191, 0, 18446744073709551615ULL, NULL },
	{ "codewords-errored", LPO_A_AGENT_CODEWORDS_ERRORED, SPEC_UNSIGNED, 8, 0, 0, 192, 0, 18446744073709551615ULL, NULL },
	{ "codewords-uncorrectable", LPO_A_AGENT_CODEWORDS_UNCORRECTABLE, SPEC_UNSIGNED, 8, 0, 0, 193, 0, 18446744073709551615ULL, NULL },
};

static const struct spec_set spec_set_agent = {
	"agent", spec_set_agent_attrs, 22,
};

static const struct spec_attr spec_set_number_attrs[] = {
	{ "value", LPO_A_NUMBER_VALUE, SPEC_SIGNED, 4, 0, 0, 125, -2147483648, 2147483647, NULL },
	{ "exponent", LPO_A_NUMBER_EXPONENT, SPEC_SIGNED, 4, 0, 0, 179, -2147483648, 2147483647, NULL },
};

static const struct spec_set spec_set_number = {
	"number", spec_set_number_attrs, 2,
};

static const struct spec_attr spec_set_vdm_attrs[] = {
	{ "id", LPO_A_VDM_ID, SPEC_UNSIGNED, 4, 0, 0, 0, 0, 4294967295U, NULL },
	{ "bank", LPO_A_VDM_BANK, SPEC_UNSIGNED, 4, 0, 0, 132, 0, 3, NULL },
	{ "instance", LPO_A_VDM_INSTANCE, SPEC_UNSIGNED, 4, 0, 0, 200, 0, 256, NULL },
	{ "lane", LPO_A_VDM_LANE, SPEC_UNSIGNED, 4, 0, 0, 102, 0, 4294967295U, NULL },
	{ "type", LPO_A_VDM_TYPE, SPEC_UNSIGNED, 4, 0, 0, 201, 0, 4294967295U, NULL },
	{ "name", LPO_A_VDM_NAME, SPEC_STRING, 0, 0, 0, 1, 0, 0, NULL },
	{ "side", LPO_A_VDM_SIDE, SPEC_UNSIGNED, 4, 0, 0, 160, 0, 2, NULL },
	{ "statistic", LPO_A_VDM_STATISTIC, SPEC_UNSIGNED, 4, 0, 0, 202, 0, 4, NULL },
	{ "unit", LPO_A_VDM_UNIT, SPEC_UNSIGNED, 4, 0, 0, 172, 0, 15, NULL },
	{ "value", LPO_A_VDM_VALUE, SPEC_NEST, 0, 0, 0, 125, 0, 0, &spec_set_number },
	{ "raw", LPO_A_VDM_RAW, SPEC_UNSIGNED, 4, 0, 0, 203, 0, 4294967295U, NULL },
	{ "high-alarm", LPO_A_VDM_HIGH_ALARM, SPEC_NEST, 0, 0, 0, 126, 0, 0, &spec_set_number },
	{ "low-alarm", LPO_A_VDM_LOW_ALARM, SPEC_NEST, 0, 0, 0, 127, 0, 0, &spec_set_number },
	{ "high-warn", LPO_A_VDM_HIGH_WARN, SPEC_NEST, 0, 0, 0, 128, 0, 0, &spec_set_number },
	{ "low-warn", LPO_A_VDM_LOW_WARN, SPEC_NEST, 0, 0, 0, 129, 0, 0, &spec_set_number },
	{ "active", LPO_A_VDM_ACTIVE, SPEC_UNSIGNED, 4, 0, 1, 107, 0, 15, NULL },
	{ "latched", LPO_A_VDM_LATCHED, SPEC_UNSIGNED, 4, 0, 1, 108, 0, 15, NULL },
	{ "interval-ms", LPO_A_VDM_INTERVAL_MS, SPEC_UNSIGNED, 4, 0, 0, 188, 0, 4294967295U, NULL },
	{ "error", LPO_A_VDM_ERROR, SPEC_SIGNED, 4, 0, 0, 113, -2147483648, 2147483647, NULL },
	{ "age-ms", LPO_A_VDM_AGE_MS, SPEC_UNSIGNED, 4, 0, 0, 35, 0, 4294967295U, NULL },
	{ "masked", LPO_A_VDM_MASKED, SPEC_UNSIGNED, 4, 0, 1, 45, 0, 15, NULL },
};

static const struct spec_set spec_set_vdm = {
	"vdm", spec_set_vdm_attrs, 21,
};

static const struct spec_attr spec_set_diag_attrs[] = {
	{ "id", LPO_A_DIAG_ID, SPEC_UNSIGNED, 4, 0, 0, 0, 0, 4294967295U, NULL },
	{ "lane", LPO_A_DIAG_LANE, SPEC_UNSIGNED, 4, 0, 0, 102, 0, 31, NULL },
	{ "loopbacks", LPO_A_DIAG_LOOPBACKS, SPEC_UNSIGNED, 4, 0, 1, 204, 0, 127, NULL },
	{ "features", LPO_A_DIAG_FEATURES, SPEC_UNSIGNED, 4, 0, 1, 195, 0, 63, NULL },
	{ "media-output-loopback", LPO_A_DIAG_MEDIA_OUTPUT_LOOPBACK, SPEC_UNSIGNED, 4, 0, 0, 205, 0, 4294967295U, NULL },
	{ "media-input-loopback", LPO_A_DIAG_MEDIA_INPUT_LOOPBACK, SPEC_UNSIGNED, 4, 0, 0, 206, 0, 4294967295U, NULL },
	{ "host-output-loopback", LPO_A_DIAG_HOST_OUTPUT_LOOPBACK, SPEC_UNSIGNED, 4, 0, 0, 207, 0, 4294967295U, NULL },
	{ "host-input-loopback", LPO_A_DIAG_HOST_INPUT_LOOPBACK, SPEC_UNSIGNED, 4, 0, 0, 208, 0, 4294967295U, NULL },
	{ "host-generator", LPO_A_DIAG_HOST_GENERATOR, SPEC_UNSIGNED, 4, 0, 0, 209, 0, 4294967295U, NULL },
	{ "media-generator", LPO_A_DIAG_MEDIA_GENERATOR, SPEC_UNSIGNED, 4, 0, 0, 210, 0, 4294967295U, NULL },
	{ "host-checker", LPO_A_DIAG_HOST_CHECKER, SPEC_UNSIGNED, 4, 0, 0, 211, 0, 4294967295U, NULL },
	{ "media-checker", LPO_A_DIAG_MEDIA_CHECKER, SPEC_UNSIGNED, 4, 0, 0, 212, 0, 4294967295U, NULL },
	{ "host-generator-patterns", LPO_A_DIAG_HOST_GENERATOR_PATTERNS, SPEC_UNSIGNED, 4, 0, 0, 213, 0, 4294967295U, NULL },
	{ "media-generator-patterns", LPO_A_DIAG_MEDIA_GENERATOR_PATTERNS, SPEC_UNSIGNED, 4, 0, 0, 214, 0, 4294967295U, NULL },
	{ "host-checker-patterns", LPO_A_DIAG_HOST_CHECKER_PATTERNS, SPEC_UNSIGNED, 4, 0, 0, 215, 0, 4294967295U, NULL },
	{ "media-checker-patterns", LPO_A_DIAG_MEDIA_CHECKER_PATTERNS, SPEC_UNSIGNED, 4, 0, 0, 216, 0, 4294967295U, NULL },
	{ "pattern", LPO_A_DIAG_PATTERN, SPEC_UNSIGNED, 4, 0, 0, 217, 0, 15, NULL },
	{ "host-ber", LPO_A_DIAG_HOST_BER, SPEC_NEST, 0, 0, 0, 218, 0, 0, &spec_set_number },
	{ "media-ber", LPO_A_DIAG_MEDIA_BER, SPEC_NEST, 0, 0, 0, 219, 0, 0, &spec_set_number },
	{ "host-snr-mdb", LPO_A_DIAG_HOST_SNR_MDB, SPEC_UNSIGNED, 4, 0, 0, 220, 0, 4294967295U, NULL },
	{ "media-snr-mdb", LPO_A_DIAG_MEDIA_SNR_MDB, SPEC_UNSIGNED, 4, 0, 0, 221, 0, 4294967295U, NULL },
};

static const struct spec_set spec_set_diag = {
	"diag", spec_set_diag_attrs, 21,
};

static const struct spec_attr spec_set_lease_attrs[] = {
	{ "id", LPO_A_LEASE_ID, SPEC_UNSIGNED, 4, 0, 0, 0, 0, 4294967295U, NULL },
	{ "owner", LPO_A_LEASE_OWNER, SPEC_STRING, 0, 0, 0, 222, 0, 31, NULL },
	{ "portid", LPO_A_LEASE_PORTID, SPEC_UNSIGNED, 4, 0, 0, 223, 0, 4294967295U, NULL },
	{ "held-ms", LPO_A_LEASE_HELD_MS, SPEC_UNSIGNED, 4, 0, 0, 224, 0, 4294967295U, NULL },
};

static const struct spec_set spec_set_lease = {
	"lease", spec_set_lease_attrs, 4,
};

static const unsigned short spec_module_get_do_request[] = {
	LPO_A_ID,
	LPO_A_NAME,
};

static const unsigned short spec_module_get_do_reply[] = {
	LPO_A_ID,
	LPO_A_NAME,
	LPO_A_IFINDEX,
	LPO_A_STATE,
	LPO_A_STATE_ERROR,
	LPO_A_STATE_REASON,
	LPO_A_IDENTIFIER,
	LPO_A_CMIS_REVISION,
	LPO_A_VENDOR_NAME,
	LPO_A_VENDOR_PN,
	LPO_A_VENDOR_REV,
	LPO_A_VENDOR_SN,
	LPO_A_VENDOR_OUI,
	LPO_A_DATE_CODE,
	LPO_A_CLEI,
	LPO_A_FIRMWARE_REVISION,
	LPO_A_HARDWARE_REVISION,
	LPO_A_CONNECTOR,
	LPO_A_MEDIA_TYPE,
	LPO_A_MEDIA_TECHNOLOGY,
	LPO_A_POWER_CLASS,
	LPO_A_MAX_POWER_MW,
	LPO_A_CABLE_LENGTH_MM,
	LPO_A_LANES,
	LPO_A_MODULE_CLASS,
	LPO_A_CLASS_RULES,
	LPO_A_CHECKSUM_BAD,
	LPO_A_CHECKSUM_CHECKED,
	LPO_A_APPLICATION,
	LPO_A_ADVERT,
	LPO_A_LOW_POWER,
	LPO_A_POLL_INTERVAL_MS,
	LPO_A_INSERT_COUNT,
	LPO_A_READ_CHUNK,
	LPO_A_AGE_MS,
	LPO_A_TIMESTAMP_NS,
	LPO_A_FAULT_CAUSE,
	LPO_A_QUIRKS,
	LPO_A_QUIRK_REASON,
	LPO_A_VENDOR_DESCRIPTOR,
	LPO_A_PINS,
	LPO_A_LEASE_HOLDER,
	LPO_A_DEADLINE_MS,
	LPO_A_MASKED,
	LPO_A_TEMPERATURE_MASKED,
	LPO_A_VOLTAGE_MASKED,
	LPO_A_AUX1_MASKED,
	LPO_A_AUX2_MASKED,
	LPO_A_AUX3_MASKED,
	LPO_A_CUSTOM_MASKED,
};

static const unsigned short spec_module_get_dump_reply[] = {
	LPO_A_ID,
	LPO_A_NAME,
	LPO_A_IFINDEX,
	LPO_A_STATE,
	LPO_A_STATE_ERROR,
	LPO_A_STATE_REASON,
	LPO_A_IDENTIFIER,
	LPO_A_CMIS_REVISION,
	LPO_A_VENDOR_NAME,
	LPO_A_VENDOR_PN,
	LPO_A_VENDOR_REV,
	LPO_A_VENDOR_SN,
	LPO_A_VENDOR_OUI,
	LPO_A_DATE_CODE,
	LPO_A_CLEI,
	LPO_A_FIRMWARE_REVISION,
	LPO_A_HARDWARE_REVISION,
	LPO_A_CONNECTOR,
	LPO_A_MEDIA_TYPE,
	LPO_A_MEDIA_TECHNOLOGY,
	LPO_A_POWER_CLASS,
	LPO_A_MAX_POWER_MW,
	LPO_A_CABLE_LENGTH_MM,
	LPO_A_LANES,
	LPO_A_MODULE_CLASS,
	LPO_A_CLASS_RULES,
	LPO_A_CHECKSUM_BAD,
	LPO_A_CHECKSUM_CHECKED,
	LPO_A_APPLICATION,
	LPO_A_ADVERT,
	LPO_A_LOW_POWER,
	LPO_A_POLL_INTERVAL_MS,
	LPO_A_INSERT_COUNT,
	LPO_A_READ_CHUNK,
	LPO_A_AGE_MS,
	LPO_A_TIMESTAMP_NS,
	LPO_A_FAULT_CAUSE,
	LPO_A_QUIRKS,
	LPO_A_QUIRK_REASON,
	LPO_A_VENDOR_DESCRIPTOR,
	LPO_A_PINS,
	LPO_A_LEASE_HOLDER,
	LPO_A_DEADLINE_MS,
	LPO_A_MASKED,
	LPO_A_TEMPERATURE_MASKED,
	LPO_A_VOLTAGE_MASKED,
	LPO_A_AUX1_MASKED,
	LPO_A_AUX2_MASKED,
	LPO_A_AUX3_MASKED,
	LPO_A_CUSTOM_MASKED,
};

static const unsigned short spec_module_set_do_request[] = {
	LPO_A_ID,
	LPO_A_LOW_POWER,
	LPO_A_POLL_INTERVAL_MS,
	LPO_A_RESET,
	LPO_A_MASKED,
	LPO_A_TEMPERATURE_MASKED,
	LPO_A_VOLTAGE_MASKED,
	LPO_A_AUX1_MASKED,
	LPO_A_AUX2_MASKED,
	LPO_A_AUX3_MASKED,
	LPO_A_CUSTOM_MASKED,
};

static const unsigned short spec_module_set_do_reply[] = {
	LPO_A_ID,
	LPO_A_NAME,
	LPO_A_IFINDEX,
	LPO_A_STATE,
	LPO_A_STATE_ERROR,
	LPO_A_STATE_REASON,
	LPO_A_IDENTIFIER,
	LPO_A_CMIS_REVISION,
	LPO_A_VENDOR_NAME,
	LPO_A_VENDOR_PN,
	LPO_A_VENDOR_REV,
	LPO_A_VENDOR_SN,
	LPO_A_VENDOR_OUI,
	LPO_A_DATE_CODE,
	LPO_A_CLEI,
	LPO_A_FIRMWARE_REVISION,
	LPO_A_HARDWARE_REVISION,
	LPO_A_CONNECTOR,
	LPO_A_MEDIA_TYPE,
	LPO_A_MEDIA_TECHNOLOGY,
	LPO_A_POWER_CLASS,
	LPO_A_MAX_POWER_MW,
	LPO_A_CABLE_LENGTH_MM,
	LPO_A_LANES,
	LPO_A_MODULE_CLASS,
	LPO_A_CLASS_RULES,
	LPO_A_CHECKSUM_BAD,
	LPO_A_CHECKSUM_CHECKED,
	LPO_A_APPLICATION,
	LPO_A_ADVERT,
	LPO_A_LOW_POWER,
	LPO_A_POLL_INTERVAL_MS,
	LPO_A_INSERT_COUNT,
	LPO_A_READ_CHUNK,
	LPO_A_AGE_MS,
	LPO_A_TIMESTAMP_NS,
	LPO_A_FAULT_CAUSE,
	LPO_A_QUIRKS,
	LPO_A_QUIRK_REASON,
	LPO_A_VENDOR_DESCRIPTOR,
	LPO_A_PINS,
	LPO_A_LEASE_HOLDER,
	LPO_A_DEADLINE_MS,
	LPO_A_MASKED,
	LPO_A_TEMPERATURE_MASKED,
	LPO_A_VOLTAGE_MASKED,
	LPO_A_AUX1_MASKED,
	LPO_A_AUX2_MASKED,
	LPO_A_AUX3_MASKED,
	LPO_A_CUSTOM_MASKED,
};

static const unsigned short spec_module_create_ntf_notify_reply[] = {
	LPO_A_ID,
	LPO_A_NAME,
	LPO_A_IFINDEX,
	LPO_A_STATE,
	LPO_A_STATE_ERROR,
	LPO_A_STATE_REASON,
	LPO_A_IDENTIFIER,
	LPO_A_CMIS_REVISION,
	LPO_A_VENDOR_NAME,
	LPO_A_VENDOR_PN,
	LPO_A_VENDOR_REV,
	LPO_A_VENDOR_SN,
	LPO_A_VENDOR_OUI,
	LPO_A_DATE_CODE,
	LPO_A_CLEI,
	LPO_A_FIRMWARE_REVISION,
	LPO_A_HARDWARE_REVISION,
	LPO_A_CONNECTOR,
	LPO_A_MEDIA_TYPE,
	LPO_A_MEDIA_TECHNOLOGY,
	LPO_A_POWER_CLASS,
	LPO_A_MAX_POWER_MW,
	LPO_A_CABLE_LENGTH_MM,
	LPO_A_LANES,
	LPO_A_MODULE_CLASS,
	LPO_A_CLASS_RULES,
	LPO_A_CHECKSUM_BAD,
	LPO_A_CHECKSUM_CHECKED,
	LPO_A_APPLICATION,
	LPO_A_ADVERT,
	LPO_A_LOW_POWER,
	LPO_A_POLL_INTERVAL_MS,
	LPO_A_INSERT_COUNT,
	LPO_A_READ_CHUNK,
	LPO_A_AGE_MS,
	LPO_A_TIMESTAMP_NS,
	LPO_A_FAULT_CAUSE,
	LPO_A_QUIRKS,
	LPO_A_QUIRK_REASON,
	LPO_A_VENDOR_DESCRIPTOR,
	LPO_A_PINS,
	LPO_A_LEASE_HOLDER,
	LPO_A_DEADLINE_MS,
	LPO_A_MASKED,
	LPO_A_TEMPERATURE_MASKED,
	LPO_A_VOLTAGE_MASKED,
	LPO_A_AUX1_MASKED,
	LPO_A_AUX2_MASKED,
	LPO_A_AUX3_MASKED,
	LPO_A_CUSTOM_MASKED,
};

static const unsigned short spec_module_delete_ntf_notify_reply[] = {
	LPO_A_ID,
	LPO_A_NAME,
	LPO_A_IFINDEX,
	LPO_A_STATE,
	LPO_A_STATE_ERROR,
	LPO_A_STATE_REASON,
	LPO_A_IDENTIFIER,
	LPO_A_CMIS_REVISION,
	LPO_A_VENDOR_NAME,
	LPO_A_VENDOR_PN,
	LPO_A_VENDOR_REV,
	LPO_A_VENDOR_SN,
	LPO_A_VENDOR_OUI,
	LPO_A_DATE_CODE,
	LPO_A_CLEI,
	LPO_A_FIRMWARE_REVISION,
	LPO_A_HARDWARE_REVISION,
	LPO_A_CONNECTOR,
	LPO_A_MEDIA_TYPE,
	LPO_A_MEDIA_TECHNOLOGY,
	LPO_A_POWER_CLASS,
	LPO_A_MAX_POWER_MW,
	LPO_A_CABLE_LENGTH_MM,
	LPO_A_LANES,
	LPO_A_MODULE_CLASS,
	LPO_A_CLASS_RULES,
	LPO_A_CHECKSUM_BAD,
	LPO_A_CHECKSUM_CHECKED,
	LPO_A_APPLICATION,
	LPO_A_ADVERT,
	LPO_A_LOW_POWER,
	LPO_A_POLL_INTERVAL_MS,
	LPO_A_INSERT_COUNT,
	LPO_A_READ_CHUNK,
	LPO_A_AGE_MS,
	LPO_A_TIMESTAMP_NS,
	LPO_A_FAULT_CAUSE,
	LPO_A_QUIRKS,
	LPO_A_QUIRK_REASON,
	LPO_A_VENDOR_DESCRIPTOR,
	LPO_A_PINS,
	LPO_A_LEASE_HOLDER,
	LPO_A_DEADLINE_MS,
	LPO_A_MASKED,
	LPO_A_TEMPERATURE_MASKED,
	LPO_A_VOLTAGE_MASKED,
	LPO_A_AUX1_MASKED,
	LPO_A_AUX2_MASKED,
	LPO_A_AUX3_MASKED,
	LPO_A_CUSTOM_MASKED,
};

static const unsigned short spec_module_change_ntf_notify_reply[] = {
	LPO_A_ID,
	LPO_A_NAME,
	LPO_A_IFINDEX,
	LPO_A_STATE,
	LPO_A_STATE_ERROR,
	LPO_A_STATE_REASON,
	LPO_A_IDENTIFIER,
	LPO_A_CMIS_REVISION,
	LPO_A_VENDOR_NAME,
	LPO_A_VENDOR_PN,
	LPO_A_VENDOR_REV,
	LPO_A_VENDOR_SN,
	LPO_A_VENDOR_OUI,
	LPO_A_DATE_CODE,
	LPO_A_CLEI,
	LPO_A_FIRMWARE_REVISION,
	LPO_A_HARDWARE_REVISION,
	LPO_A_CONNECTOR,
	LPO_A_MEDIA_TYPE,
	LPO_A_MEDIA_TECHNOLOGY,
	LPO_A_POWER_CLASS,
	LPO_A_MAX_POWER_MW,
	LPO_A_CABLE_LENGTH_MM,
	LPO_A_LANES,
	LPO_A_MODULE_CLASS,
	LPO_A_CLASS_RULES,
	LPO_A_CHECKSUM_BAD,
	LPO_A_CHECKSUM_CHECKED,
	LPO_A_APPLICATION,
	LPO_A_ADVERT,
	LPO_A_LOW_POWER,
	LPO_A_POLL_INTERVAL_MS,
	LPO_A_INSERT_COUNT,
	LPO_A_READ_CHUNK,
	LPO_A_AGE_MS,
	LPO_A_TIMESTAMP_NS,
	LPO_A_FAULT_CAUSE,
	LPO_A_QUIRKS,
	LPO_A_QUIRK_REASON,
	LPO_A_VENDOR_DESCRIPTOR,
	LPO_A_PINS,
	LPO_A_LEASE_HOLDER,
	LPO_A_DEADLINE_MS,
	LPO_A_MASKED,
	LPO_A_TEMPERATURE_MASKED,
	LPO_A_VOLTAGE_MASKED,
	LPO_A_AUX1_MASKED,
	LPO_A_AUX2_MASKED,
	LPO_A_AUX3_MASKED,
	LPO_A_CUSTOM_MASKED,
};

static const unsigned short spec_monitor_get_do_request[] = {
	LPO_A_MONITOR_ID,
	LPO_A_MONITOR_LANE,
};

static const unsigned short spec_monitor_get_do_reply[] = {
	LPO_A_MONITOR_ID,
	LPO_A_MONITOR_LANE,
	LPO_A_MONITOR_DATAPATH,
	LPO_A_MONITOR_APPSEL,
	LPO_A_MONITOR_CONFIG_STATUS,
	LPO_A_MONITOR_TX_OUTPUT,
	LPO_A_MONITOR_RX_OUTPUT,
	LPO_A_MONITOR_ACTIVE,
	LPO_A_MONITOR_LATCHED,
	LPO_A_MONITOR_SUPPORTED,
	LPO_A_MONITOR_MODULE_ACTIVE,
	LPO_A_MONITOR_MODULE_LATCHED,
	LPO_A_MONITOR_SAMPLE,
	LPO_A_MONITOR_ERROR,
	LPO_A_MONITOR_AGE_MS,
	LPO_A_MONITOR_TIMESTAMP_NS,
	LPO_A_MONITOR_EDGE,
	LPO_A_MONITOR_EXPLICIT_CONTROL,
	LPO_A_MONITOR_INPUT_EQ_ADAPTIVE,
	LPO_A_MONITOR_INPUT_EQ,
	LPO_A_MONITOR_OUTPUT_PRE,
	LPO_A_MONITOR_OUTPUT_POST,
	LPO_A_MONITOR_OUTPUT_AMPLITUDE,
	LPO_A_MONITOR_TX_POLARITY_INVERTED,
	LPO_A_MONITOR_RX_POLARITY_INVERTED,
	LPO_A_MONITOR_OER_LIMIT_MDB,
	LPO_A_MONITOR_DRIVER_AGC,
};

static const unsigned short spec_monitor_get_dump_request[] = {
	LPO_A_MONITOR_ID,
};

static const unsigned short spec_monitor_get_dump_reply[] = {
	LPO_A_MONITOR_ID,
	LPO_A_MONITOR_LANE,
	LPO_A_MONITOR_DATAPATH,
	LPO_A_MONITOR_APPSEL,
	LPO_A_MONITOR_CONFIG_STATUS,
	LPO_A_MONITOR_TX_OUTPUT,
	LPO_A_MONITOR_RX_OUTPUT,
	LPO_A_MONITOR_ACTIVE,
	LPO_A_MONITOR_LATCHED,
	LPO_A_MONITOR_SUPPORTED,
	LPO_A_MONITOR_MODULE_ACTIVE,
	LPO_A_MONITOR_MODULE_LATCHED,
	LPO_A_MONITOR_SAMPLE,
	LPO_A_MONITOR_ERROR,
	LPO_A_MONITOR_AGE_MS,
	LPO_A_MONITOR_TIMESTAMP_NS,
	LPO_A_MONITOR_EDGE,
	LPO_A_MONITOR_EXPLICIT_CONTROL,
	LPO_A_MONITOR_INPUT_EQ_ADAPTIVE,
	LPO_A_MONITOR_INPUT_EQ,
	LPO_A_MONITOR_OUTPUT_PRE,
	LPO_A_MONITOR_OUTPUT_POST,
	LPO_A_MONITOR_OUTPUT_AMPLITUDE,
	LPO_A_MONITOR_TX_POLARITY_INVERTED,
	LPO_A_MONITOR_RX_POLARITY_INVERTED,
	LPO_A_MONITOR_OER_LIMIT_MDB,
	LPO_A_MONITOR_DRIVER_AGC,
};

static const unsigned short spec_monitor_ntf_notify_reply[] = {
	LPO_A_MONITOR_ID,
	LPO_A_MONITOR_LANE,
	LPO_A_MONITOR_DATAPATH,
	LPO_A_MONITOR_APPSEL,
	LPO_A_MONITOR_CONFIG_STATUS,
	LPO_A_MONITOR_TX_OUTPUT,
	LPO_A_MONITOR_RX_OUTPUT,
	LPO_A_MONITOR_ACTIVE,
	LPO_A_MONITOR_LATCHED,
	LPO_A_MONITOR_SUPPORTED,
	LPO_A_MONITOR_MODULE_ACTIVE,
	LPO_A_MONITOR_MODULE_LATCHED,
	LPO_A_MONITOR_SAMPLE,
	LPO_A_MONITOR_ERROR,
	LPO_A_MONITOR_AGE_MS,
	LPO_A_MONITOR_TIMESTAMP_NS,
	LPO_A_MONITOR_EDGE,
	LPO_A_MONITOR_EXPLICIT_CONTROL,
	LPO_A_MONITOR_INPUT_EQ_ADAPTIVE,
	LPO_A_MONITOR_INPUT_EQ,
	LPO_A_MONITOR_OUTPUT_PRE,
	LPO_A_MONITOR_OUTPUT_POST,
	LPO_A_MONITOR_OUTPUT_AMPLITUDE,
	LPO_A_MONITOR_TX_POLARITY_INVERTED,
	LPO_A_MONITOR_RX_POLARITY_INVERTED,
	LPO_A_MONITOR_OER_LIMIT_MDB,
	LPO_A_MONITOR_DRIVER_AGC,
};

static const unsigned short spec_alarm_ntf_notify_reply[] = {
	LPO_A_MONITOR_ID,
	LPO_A_MONITOR_LANE,
	LPO_A_MONITOR_DATAPATH,
	LPO_A_MONITOR_APPSEL,
	LPO_A_MONITOR_CONFIG_STATUS,
	LPO_A_MONITOR_TX_OUTPUT,
	LPO_A_MONITOR_RX_OUTPUT,
	LPO_A_MONITOR_ACTIVE,
	LPO_A_MONITOR_LATCHED,
	LPO_A_MONITOR_SUPPORTED,
	LPO_A_MONITOR_MODULE_ACTIVE,
	LPO_A_MONITOR_MODULE_LATCHED,
	LPO_A_MONITOR_SAMPLE,
	LPO_A_MONITOR_ERROR,
	LPO_A_MONITOR_AGE_MS,
	LPO_A_MONITOR_TIMESTAMP_NS,
	LPO_A_MONITOR_EDGE,
	LPO_A_MONITOR_EXPLICIT_CONTROL,
	LPO_A_MONITOR_INPUT_EQ_ADAPTIVE,
	LPO_A_MONITOR_INPUT_EQ,
	LPO_A_MONITOR_OUTPUT_PRE,
	LPO_A_MONITOR_OUTPUT_POST,
	LPO_A_MONITOR_OUTPUT_AMPLITUDE,
	LPO_A_MONITOR_TX_POLARITY_INVERTED,
	LPO_A_MONITOR_RX_POLARITY_INVERTED,
	LPO_A_MONITOR_OER_LIMIT_MDB,
	LPO_A_MONITOR_DRIVER_AGC,
};

static const unsigned short spec_page_get_do_request[] = {
	LPO_A_PAGE_ID,
	LPO_A_PAGE_BANK,
	LPO_A_PAGE_PAGE,
	LPO_A_PAGE_OFFSET,
	LPO_A_PAGE_LENGTH,
};

static const unsigned short spec_page_get_do_reply[] = {
	LPO_A_PAGE_ID,
	LPO_A_PAGE_BANK,
	LPO_A_PAGE_PAGE,
	LPO_A_PAGE_OFFSET,
	LPO_A_PAGE_LENGTH,
	LPO_A_PAGE_DATA,
};

static const unsigned short spec_page_get_dump_request[] = {
	LPO_A_PAGE_ID,
};

static const unsigned short spec_page_get_dump_reply[] = {
	LPO_A_PAGE_ID,
	LPO_A_PAGE_BANK,
	LPO_A_PAGE_PAGE,
	LPO_A_PAGE_OFFSET,
	LPO_A_PAGE_LENGTH,
	LPO_A_PAGE_DATA,
	LPO_A_PAGE_ERROR,
};

static const unsigned short spec_flags_get_do_request[] = {
	LPO_A_FLAGS_ID,
	LPO_A_FLAGS_LANE,
	LPO_A_FLAGS_SINCE,
};

static const unsigned short spec_flags_get_do_reply[] = {
	LPO_A_FLAGS_ID,
	LPO_A_FLAGS_LANE,
	LPO_A_FLAGS_SEQUENCE,
	LPO_A_FLAGS_INSERT_COUNT,
	LPO_A_FLAGS_FLAG,
	LPO_A_FLAGS_AGE_MS,
};

static const unsigned short spec_flags_get_dump_request[] = {
	LPO_A_FLAGS_ID,
	LPO_A_FLAGS_SINCE,
};

static const unsigned short spec_flags_get_dump_reply[] = {
	LPO_A_FLAGS_ID,
	LPO_A_FLAGS_LANE,
	LPO_A_FLAGS_SEQUENCE,
	LPO_A_FLAGS_INSERT_COUNT,
	LPO_A_FLAGS_FLAG,
	LPO_A_FLAGS_AGE_MS,
};

static const unsigned short spec_lane_get_do_request[] = {
	LPO_A_LANE_ID,
	LPO_A_LANE_LANE,
};

static const unsigned short spec_lane_get_do_reply[] = {
	LPO_A_LANE_ID,
	LPO_A_LANE_LANE,
	LPO_A_LANE_SUPPORTED,
	LPO_A_LANE_CONTROL,
	LPO_A_LANE_MASKED,
	LPO_A_LANE_TX_BIAS_MASKED,
	LPO_A_LANE_TX_POWER_MASKED,
	LPO_A_LANE_RX_POWER_MASKED,
	LPO_A_LANE_AGE_MS,
};

static const unsigned short spec_lane_get_dump_request[] = {
	LPO_A_LANE_ID,
};

static const unsigned short spec_lane_get_dump_reply[] = {
	LPO_A_LANE_ID,
	LPO_A_LANE_LANE,
	LPO_A_LANE_SUPPORTED,
	LPO_A_LANE_CONTROL,
	LPO_A_LANE_MASKED,
	LPO_A_LANE_TX_BIAS_MASKED,
	LPO_A_LANE_TX_POWER_MASKED,
	LPO_A_LANE_RX_POWER_MASKED,
	LPO_A_LANE_AGE_MS,
};

static const unsigned short spec_lane_set_do_request[] = {
	LPO_A_LANE_ID,
	LPO_A_LANE_LANE_CONFIG,
	LPO_A_LANE_VALIDATE_ONLY,
};

static const unsigned short spec_lane_set_do_reply[] = {
	LPO_A_LANE_ID,
	LPO_A_LANE_LANE_CONFIG,
};

static const unsigned short spec_lane_change_ntf_notify_reply[] = {
	LPO_A_LANE_ID,
	LPO_A_LANE_LANE,
	LPO_A_LANE_SUPPORTED,
	LPO_A_LANE_CONTROL,
	LPO_A_LANE_MASKED,
	LPO_A_LANE_TX_BIAS_MASKED,
	LPO_A_LANE_TX_POWER_MASKED,
	LPO_A_LANE_RX_POWER_MASKED,
	LPO_A_LANE_AGE_MS,
};

static const unsigned short spec_datapath_get_do_request[] = {
	LPO_A_DATAPATH_ID,
	LPO_A_DATAPATH_LANE,
};

static const unsigned short spec_datapath_get_do_reply[] = {
	LPO_A_DATAPATH_ID,
	LPO_A_DATAPATH_LANE,
	LPO_A_DATAPATH_HOST_LANES,
	LPO_A_DATAPATH_MEDIA_LANES,
	LPO_A_DATAPATH_APPSEL,
	LPO_A_DATAPATH_HOST_INTERFACE,
	LPO_A_DATAPATH_MEDIA_INTERFACE,
	LPO_A_DATAPATH_STATE,
	LPO_A_DATAPATH_CONFIG_STATUS,
	LPO_A_DATAPATH_INIT_PENDING,
	LPO_A_DATAPATH_STEP,
	LPO_A_DATAPATH_DEADLINE_MS,
	LPO_A_DATAPATH_ATTEMPTS,
	LPO_A_DATAPATH_REASON,
	LPO_A_DATAPATH_AGE_MS,
};

static const unsigned short spec_datapath_get_dump_request[] = {
	LPO_A_DATAPATH_ID,
};

static const unsigned short spec_datapath_get_dump_reply[] = {
	LPO_A_DATAPATH_ID,
	LPO_A_DATAPATH_LANE,
	LPO_A_DATAPATH_HOST_LANES,
	LPO_A_DATAPATH_MEDIA_LANES,
	LPO_A_DATAPATH_APPSEL,
	LPO_A_DATAPATH_HOST_INTERFACE,
	LPO_A_DATAPATH_MEDIA_INTERFACE,
	LPO_A_DATAPATH_STATE,
	LPO_A_DATAPATH_CONFIG_STATUS,
	LPO_A_DATAPATH_INIT_PENDING,
	LPO_A_DATAPATH_STEP,
	LPO_A_DATAPATH_DEADLINE_MS,
	LPO_A_DATAPATH_ATTEMPTS,
	LPO_A_DATAPATH_REASON,
	LPO_A_DATAPATH_AGE_MS,
};

static const unsigned short spec_datapath_set_do_request[] = {
	LPO_A_DATAPATH_ID,
	LPO_A_DATAPATH_HOST_LANES,
	LPO_A_DATAPATH_APPSEL,
	LPO_A_DATAPATH_ACTION,
};

static const unsigned short spec_datapath_set_do_reply[] = {
	LPO_A_DATAPATH_ID,
	LPO_A_DATAPATH_HOST_LANES,
	LPO_A_DATAPATH_STEP,
};

static const unsigned short spec_datapath_change_ntf_notify_reply[] = {
	LPO_A_DATAPATH_ID,
	LPO_A_DATAPATH_LANE,
	LPO_A_DATAPATH_HOST_LANES,
	LPO_A_DATAPATH_MEDIA_LANES,
	LPO_A_DATAPATH_APPSEL,
	LPO_A_DATAPATH_HOST_INTERFACE,
	LPO_A_DATAPATH_MEDIA_INTERFACE,
	LPO_A_DATAPATH_STATE,
	LPO_A_DATAPATH_CONFIG_STATUS,
	LPO_A_DATAPATH_INIT_PENDING,
	LPO_A_DATAPATH_STEP,
	LPO_A_DATAPATH_DEADLINE_MS,
	LPO_A_DATAPATH_ATTEMPTS,
	LPO_A_DATAPATH_REASON,
	LPO_A_DATAPATH_AGE_MS,
};

static const unsigned short spec_eq_get_do_request[] = {
	LPO_A_EQ_ID,
	LPO_A_EQ_LANE,
	LPO_A_EQ_SIDE,
};

static const unsigned short spec_eq_get_do_reply[] = {
	LPO_A_EQ_ID,
	LPO_A_EQ_LANE,
	LPO_A_EQ_SIDE,
	LPO_A_EQ_TAP,
	LPO_A_EQ_AGE_MS,
	LPO_A_EQ_LIMIT,
	LPO_A_EQ_CHANGING,
};

static const unsigned short spec_eq_get_dump_request[] = {
	LPO_A_EQ_ID,
};

static const unsigned short spec_eq_get_dump_reply[] = {
	LPO_A_EQ_ID,
	LPO_A_EQ_LANE,
	LPO_A_EQ_SIDE,
	LPO_A_EQ_TAP,
	LPO_A_EQ_AGE_MS,
	LPO_A_EQ_LIMIT,
	LPO_A_EQ_CHANGING,
};

static const unsigned short spec_eq_set_do_request[] = {
	LPO_A_EQ_ID,
	LPO_A_EQ_SIDE,
	LPO_A_EQ_LANE_EQ,
	LPO_A_EQ_VALIDATE_ONLY,
	LPO_A_EQ_DEFAULTS,
	LPO_A_EQ_HOT_ONLY,
};

static const unsigned short spec_eq_set_do_reply[] = {
	LPO_A_EQ_ID,
	LPO_A_EQ_SIDE,
	LPO_A_EQ_LANE_EQ,
	LPO_A_EQ_CHANGING,
};

static const unsigned short spec_eq_change_ntf_notify_reply[] = {
	LPO_A_EQ_ID,
	LPO_A_EQ_LANE,
	LPO_A_EQ_SIDE,
	LPO_A_EQ_TAP,
	LPO_A_EQ_AGE_MS,
	LPO_A_EQ_LIMIT,
	LPO_A_EQ_CHANGING,
};

static const unsigned short spec_vdm_get_do_request[] = {
	LPO_A_VDM_ID,
	LPO_A_VDM_BANK,
	LPO_A_VDM_INSTANCE,
};

static const unsigned short spec_vdm_get_do_reply[] = {
	LPO_A_VDM_ID,
	LPO_A_VDM_BANK,
	LPO_A_VDM_INSTANCE,
	LPO_A_VDM_LANE,
	LPO_A_VDM_TYPE,
	LPO_A_VDM_NAME,
	LPO_A_VDM_SIDE,
	LPO_A_VDM_STATISTIC,
	LPO_A_VDM_UNIT,
	LPO_A_VDM_VALUE,
	LPO_A_VDM_RAW,
	LPO_A_VDM_HIGH_ALARM,
	LPO_A_VDM_LOW_ALARM,
	LPO_A_VDM_HIGH_WARN,
	LPO_A_VDM_LOW_WARN,
	LPO_A_VDM_ACTIVE,
	LPO_A_VDM_LATCHED,
	LPO_A_VDM_INTERVAL_MS,
	LPO_A_VDM_ERROR,
	LPO_A_VDM_AGE_MS,
	LPO_A_VDM_MASKED,
};

static const unsigned short spec_vdm_get_dump_request[] = {
	LPO_A_VDM_ID,
};

static const unsigned short spec_vdm_get_dump_reply[] = {
	LPO_A_VDM_ID,
	LPO_A_VDM_BANK,
	LPO_A_VDM_INSTANCE,
	LPO_A_VDM_LANE,
	LPO_A_VDM_TYPE,
	LPO_A_VDM_NAME,
	LPO_A_VDM_SIDE,
	LPO_A_VDM_STATISTIC,
	LPO_A_VDM_UNIT,
	LPO_A_VDM_VALUE,
	LPO_A_VDM_RAW,
	LPO_A_VDM_HIGH_ALARM,
	LPO_A_VDM_LOW_ALARM,
	LPO_A_VDM_HIGH_WARN,
	LPO_A_VDM_LOW_WARN,
	LPO_A_VDM_ACTIVE,
	LPO_A_VDM_LATCHED,
	LPO_A_VDM_INTERVAL_MS,
	LPO_A_VDM_ERROR,
	LPO_A_VDM_AGE_MS,
	LPO_A_VDM_MASKED,
};

static const unsigned short spec_diag_get_do_request[] = {
	LPO_A_DIAG_ID,
	LPO_A_DIAG_LANE,
};

static const unsigned short spec_diag_get_do_reply[] = {
	LPO_A_DIAG_ID,
	LPO_A_DIAG_LANE,
	LPO_A_DIAG_LOOPBACKS,
	LPO_A_DIAG_FEATURES,
	LPO_A_DIAG_MEDIA_OUTPUT_LOOPBACK,
	LPO_A_DIAG_MEDIA_INPUT_LOOPBACK,
	LPO_A_DIAG_HOST_OUTPUT_LOOPBACK,
	LPO_A_DIAG_HOST_INPUT_LOOPBACK,
	LPO_A_DIAG_HOST_GENERATOR,
	LPO_A_DIAG_MEDIA_GENERATOR,
	LPO_A_DIAG_HOST_CHECKER,
	LPO_A_DIAG_MEDIA_CHECKER,
	LPO_A_DIAG_HOST_GENERATOR_PATTERNS,
	LPO_A_DIAG_MEDIA_GENERATOR_PATTERNS,
	LPO_A_DIAG_HOST_CHECKER_PATTERNS,
	LPO_A_DIAG_MEDIA_CHECKER_PATTERNS,
	LPO_A_DIAG_HOST_BER,
	LPO_A_DIAG_MEDIA_BER,
	LPO_A_DIAG_HOST_SNR_MDB,
	LPO_A_DIAG_MEDIA_SNR_MDB,
};

static const unsigned short spec_diag_set_do_request[] = {
	LPO_A_DIAG_ID,
	LPO_A_DIAG_MEDIA_OUTPUT_LOOPBACK,
	LPO_A_DIAG_MEDIA_INPUT_LOOPBACK,
	LPO_A_DIAG_HOST_OUTPUT_LOOPBACK,
	LPO_A_DIAG_HOST_INPUT_LOOPBACK,
	LPO_A_DIAG_HOST_GENERATOR,
	LPO_A_DIAG_MEDIA_GENERATOR,
	LPO_A_DIAG_HOST_CHECKER,
	LPO_A_DIAG_MEDIA_CHECKER,
	LPO_A_DIAG_PATTERN,
};

static const unsigned short spec_diag_set_do_reply[] = {
	LPO_A_DIAG_ID,
	LPO_A_DIAG_LANE,
	LPO_A_DIAG_LOOPBACKS,
	LPO_A_DIAG_FEATURES,
	LPO_A_DIAG_MEDIA_OUTPUT_LOOPBACK,
	LPO_A_DIAG_MEDIA_INPUT_LOOPBACK,
	LPO_A_DIAG_HOST_OUTPUT_LOOPBACK,
	LPO_A_DIAG_HOST_INPUT_LOOPBACK,
	LPO_A_DIAG_HOST_GENERATOR,
	LPO_A_DIAG_MEDIA_GENERATOR,
	LPO_A_DIAG_HOST_CHECKER,
	LPO_A_DIAG_MEDIA_CHECKER,
	LPO_A_DIAG_HOST_GENERATOR_PATTERNS,
	LPO_A_DIAG_MEDIA_GENERATOR_PATTERNS,
	LPO_A_DIAG_HOST_CHECKER_PATTERNS,
	LPO_A_DIAG_MEDIA_CHECKER_PATTERNS,
	LPO_A_DIAG_HOST_BER,
	LPO_A_DIAG_MEDIA_BER,
	LPO_A_DIAG_HOST_SNR_MDB,
	LPO_A_DIAG_MEDIA_SNR_MDB,
};

static const unsigned short spec_lease_get_do_request[] = {
	LPO_A_LEASE_ID,
};

static const unsigned short spec_lease_get_do_reply[] = {
	LPO_A_LEASE_ID,
	LPO_A_LEASE_OWNER,
	LPO_A_LEASE_PORTID,
	LPO_A_LEASE_HELD_MS,
};

static const unsigned short spec_lease_get_dump_reply[] = {
	LPO_A_LEASE_ID,
	LPO_A_LEASE_OWNER,
	LPO_A_LEASE_PORTID,
	LPO_A_LEASE_HELD_MS,
};

static const unsigned short spec_lease_take_do_request[] = {
	LPO_A_LEASE_ID,
	LPO_A_LEASE_OWNER,
};

static const unsigned short spec_lease_take_do_reply[] = {
	LPO_A_LEASE_ID,
	LPO_A_LEASE_OWNER,
	LPO_A_LEASE_PORTID,
	LPO_A_LEASE_HELD_MS,
};

static const unsigned short spec_lease_release_do_request[] = {
	LPO_A_LEASE_ID,
};

static const unsigned short spec_lease_change_ntf_notify_reply[] = {
	LPO_A_LEASE_ID,
	LPO_A_LEASE_OWNER,
	LPO_A_LEASE_PORTID,
	LPO_A_LEASE_HELD_MS,
};

static const unsigned short spec_host_get_do_request[] = {
	LPO_A_HOST_ID,
};

static const unsigned short spec_host_get_do_reply[] = {
	LPO_A_HOST_ID,
	LPO_A_HOST_NAME,
	LPO_A_HOST_LANES,
	LPO_A_HOST_MAP,
	LPO_A_HOST_PARAMS,
	LPO_A_HOST_DRIVING,
	LPO_A_HOST_ERROR,
	LPO_A_HOST_REASON,
	LPO_A_HOST_AGE_MS,
};

static const unsigned short spec_host_get_dump_request[] = {
	LPO_A_HOST_ID,
};

static const unsigned short spec_host_get_dump_reply[] = {
	LPO_A_HOST_ID,
	LPO_A_HOST_NAME,
	LPO_A_HOST_LANES,
	LPO_A_HOST_MAP,
	LPO_A_HOST_PARAMS,
	LPO_A_HOST_DRIVING,
	LPO_A_HOST_ERROR,
	LPO_A_HOST_REASON,
	LPO_A_HOST_AGE_MS,
};

static const unsigned short spec_host_change_ntf_notify_reply[] = {
	LPO_A_HOST_ID,
	LPO_A_HOST_NAME,
	LPO_A_HOST_LANES,
	LPO_A_HOST_MAP,
	LPO_A_HOST_PARAMS,
	LPO_A_HOST_DRIVING,
	LPO_A_HOST_ERROR,
	LPO_A_HOST_REASON,
	LPO_A_HOST_AGE_MS,
};

static const unsigned short spec_margin_get_do_request[] = {
	LPO_A_MARGIN_ID,
	LPO_A_MARGIN_LANE,
};

static const unsigned short spec_margin_get_do_reply[] = {
	LPO_A_MARGIN_ID,
	LPO_A_MARGIN_LANE,
	LPO_A_MARGIN_READING,
	LPO_A_MARGIN_SIGNAL,
	LPO_A_MARGIN_LOCK,
	LPO_A_MARGIN_SNR_SAMPLES,
	LPO_A_MARGIN_ERRORS,
	LPO_A_MARGIN_BITS,
	LPO_A_MARGIN_CODEWORDS,
	LPO_A_MARGIN_INTERVAL_MS,
	LPO_A_MARGIN_MEASURING,
	LPO_A_MARGIN_ERROR,
	LPO_A_MARGIN_AGE_MS,
	LPO_A_MARGIN_CODEWORDS_TOTAL,
	LPO_A_MARGIN_CODEWORDS_ERRORED,
	LPO_A_MARGIN_CODEWORDS_UNCORRECTABLE,
	LPO_A_MARGIN_STALE,
};

static const unsigned short spec_margin_get_dump_request[] = {
	LPO_A_MARGIN_ID,
};

static const unsigned short spec_margin_get_dump_reply[] = {
	LPO_A_MARGIN_ID,
	LPO_A_MARGIN_LANE,
	LPO_A_MARGIN_READING,
	LPO_A_MARGIN_SIGNAL,
	LPO_A_MARGIN_LOCK,
	LPO_A_MARGIN_SNR_SAMPLES,
	LPO_A_MARGIN_ERRORS,
	LPO_A_MARGIN_BITS,
	LPO_A_MARGIN_CODEWORDS,
	LPO_A_MARGIN_INTERVAL_MS,
	LPO_A_MARGIN_MEASURING,
	LPO_A_MARGIN_ERROR,
	LPO_A_MARGIN_AGE_MS,
	LPO_A_MARGIN_CODEWORDS_TOTAL,
	LPO_A_MARGIN_CODEWORDS_ERRORED,
	LPO_A_MARGIN_CODEWORDS_UNCORRECTABLE,
	LPO_A_MARGIN_STALE,
};

static const unsigned short spec_margin_start_do_request[] = {
	LPO_A_MARGIN_ID,
	LPO_A_MARGIN_DURATION_MS,
};

static const unsigned short spec_margin_start_do_reply[] = {
	LPO_A_MARGIN_ID,
	LPO_A_MARGIN_LANE,
	LPO_A_MARGIN_READING,
	LPO_A_MARGIN_SIGNAL,
	LPO_A_MARGIN_LOCK,
	LPO_A_MARGIN_SNR_SAMPLES,
	LPO_A_MARGIN_ERRORS,
	LPO_A_MARGIN_BITS,
	LPO_A_MARGIN_CODEWORDS,
	LPO_A_MARGIN_INTERVAL_MS,
	LPO_A_MARGIN_MEASURING,
	LPO_A_MARGIN_ERROR,
	LPO_A_MARGIN_AGE_MS,
	LPO_A_MARGIN_CODEWORDS_TOTAL,
	LPO_A_MARGIN_CODEWORDS_ERRORED,
	LPO_A_MARGIN_CODEWORDS_UNCORRECTABLE,
	LPO_A_MARGIN_STALE,
};

static const unsigned short spec_margin_stop_do_request[] = {
	LPO_A_MARGIN_ID,
};

static const unsigned short spec_margin_stop_do_reply[] = {
	LPO_A_MARGIN_ID,
	LPO_A_MARGIN_LANE,
	LPO_A_MARGIN_READING,
	LPO_A_MARGIN_SIGNAL,
	LPO_A_MARGIN_LOCK,
	LPO_A_MARGIN_SNR_SAMPLES,
	LPO_A_MARGIN_ERRORS,
	LPO_A_MARGIN_BITS,
	LPO_A_MARGIN_CODEWORDS,
	LPO_A_MARGIN_INTERVAL_MS,
	LPO_A_MARGIN_MEASURING,
	LPO_A_MARGIN_ERROR,
	LPO_A_MARGIN_AGE_MS,
	LPO_A_MARGIN_CODEWORDS_TOTAL,
	LPO_A_MARGIN_CODEWORDS_ERRORED,
	LPO_A_MARGIN_CODEWORDS_UNCORRECTABLE,
	LPO_A_MARGIN_STALE,
};

static const unsigned short spec_margin_ntf_notify_reply[] = {
	LPO_A_MARGIN_ID,
	LPO_A_MARGIN_LANE,
	LPO_A_MARGIN_READING,
	LPO_A_MARGIN_SIGNAL,
	LPO_A_MARGIN_LOCK,
	LPO_A_MARGIN_SNR_SAMPLES,
	LPO_A_MARGIN_ERRORS,
	LPO_A_MARGIN_BITS,
	LPO_A_MARGIN_CODEWORDS,
	LPO_A_MARGIN_INTERVAL_MS,
	LPO_A_MARGIN_MEASURING,
	LPO_A_MARGIN_ERROR,
	LPO_A_MARGIN_AGE_MS,
	LPO_A_MARGIN_CODEWORDS_TOTAL,
	LPO_A_MARGIN_CODEWORDS_ERRORED,
	LPO_A_MARGIN_CODEWORDS_UNCORRECTABLE,
	LPO_A_MARGIN_STALE,
};

static const unsigned short spec_agent_register_do_request[] = {
	LPO_A_AGENT_ID,
	LPO_A_AGENT_NAME,
	LPO_A_AGENT_MAP,
	LPO_A_AGENT_PARAM,
	LPO_A_AGENT_LIMIT,
	LPO_A_AGENT_FEATURES,
	LPO_A_AGENT_DEADLINE_MS,
	LPO_A_AGENT_READ_MS,
};

static const unsigned short spec_agent_register_do_reply[] = {
	LPO_A_AGENT_ID,
	LPO_A_AGENT_NAME,
};

static const unsigned short spec_agent_unregister_do_request[] = {
	LPO_A_AGENT_ID,
};

static const unsigned short spec_agent_call_ntf_event_reply[] = {
	LPO_A_AGENT_ID,
	LPO_A_AGENT_REQUEST,
	LPO_A_AGENT_CALL,
	LPO_A_AGENT_LANES,
	LPO_A_AGENT_LANE_EQ,
	LPO_A_AGENT_DURATION_MS,
	LPO_A_AGENT_DEADLINE_MS,
};

static const unsigned short spec_agent_answer_do_request[] = {
	LPO_A_AGENT_ID,
	LPO_A_AGENT_REQUEST,
	LPO_A_AGENT_ERROR,
	LPO_A_AGENT_LANE,
	LPO_A_AGENT_REASON,
	LPO_A_AGENT_LANE_EQ,
	LPO_A_AGENT_LANE_MARGIN,
	LPO_A_AGENT_CODEWORDS,
	LPO_A_AGENT_CODEWORDS_TOTAL,
	LPO_A_AGENT_CODEWORDS_ERRORED,
	LPO_A_AGENT_CODEWORDS_UNCORRECTABLE,
};

static const unsigned short spec_agent_measured_do_request[] = {
	LPO_A_AGENT_ID,
	LPO_A_AGENT_REQUEST,
	LPO_A_AGENT_ERROR,
};

static const struct spec_op spec_ops[] = {
	{ "module-get", LPO_CMD_MODULE_GET, SPEC_DO, 0, &spec_set_lpo,
	  { spec_module_get_do_request, 2 }, { spec_module_get_do_reply, 50 } },
	{ "module-get", LPO_CMD_MODULE_GET, SPEC_DUMP, 0, &spec_set_lpo,
	  { NULL, 0 }, { spec_module_get_dump_reply, 50 } },
	{ "module-set", LPO_CMD_MODULE_SET, SPEC_DO, 1, &spec_set_lpo,
	  { spec_module_set_do_request, 11 }, { spec_module_set_do_reply, 50 } },
	{ "module-create-ntf", LPO_CMD_MODULE_CREATE_NTF, SPEC_NOTIFY, 0, &spec_set_lpo,
	  { NULL, 0 }, { spec_module_create_ntf_notify_reply, 50 } },
	{ "module-delete-ntf", LPO_CMD_MODULE_DELETE_NTF, SPEC_NOTIFY, 0, &spec_set_lpo,
	  { NULL, 0 }, { spec_module_delete_ntf_notify_reply, 50 } },
	{ "module-change-ntf", LPO_CMD_MODULE_CHANGE_NTF, SPEC_NOTIFY, 0, &spec_set_lpo,
	  { NULL, 0 }, { spec_module_change_ntf_notify_reply, 50 } },
	{ "monitor-get", LPO_CMD_MONITOR_GET, SPEC_DO, 0, &spec_set_monitor,
	  { spec_monitor_get_do_request, 2 }, { spec_monitor_get_do_reply, 27 } },
	{ "monitor-get", LPO_CMD_MONITOR_GET, SPEC_DUMP, 0, &spec_set_monitor,
	  { spec_monitor_get_dump_request, 1 }, { spec_monitor_get_dump_reply, 27 } },
	{ "monitor-ntf", LPO_CMD_MONITOR_NTF, SPEC_NOTIFY, 0, &spec_set_monitor,
	  { NULL, 0 }, { spec_monitor_ntf_notify_reply, 27 } },
	{ "alarm-ntf", LPO_CMD_ALARM_NTF, SPEC_NOTIFY, 0, &spec_set_monitor,
	  { NULL, 0 }, { spec_alarm_ntf_notify_reply, 27 } },
	{ "page-get", LPO_CMD_PAGE_GET, SPEC_DO, 1, &spec_set_page,
	  { spec_page_get_do_request, 5 }, { spec_page_get_do_reply, 6 } },
	{ "page-get", LPO_CMD_PAGE_GET, SPEC_DUMP, 1, &spec_set_page,
	  { spec_page_get_dump_request, 1 }, { spec_page_get_dump_reply, 7 } },
	{ "flags-get", LPO_CMD_FLAGS_GET, SPEC_DO, 0, &spec_set_flags,
	  { spec_flags_get_do_request, 3 }, { spec_flags_get_do_reply, 6 } },
	{ "flags-get", LPO_CMD_FLAGS_GET, SPEC_DUMP, 0, &spec_set_flags,
	  { spec_flags_get_dump_request, 2 }, { spec_flags_get_dump_reply, 6 } },
	{ "lane-get", LPO_CMD_LANE_GET, SPEC_DO, 0, &spec_set_lane,
	  { spec_lane_get_do_request, 2 }, { spec_lane_get_do_reply, 9 } },
	{ "lane-get", LPO_CMD_LANE_GET, SPEC_DUMP, 0, &spec_set_lane,
	  { spec_lane_get_dump_request, 1 }, { spec_lane_get_dump_reply, 9 } },
	{ "lane-set", LPO_CMD_LANE_SET, SPEC_DO, 1, &spec_set_lane,
	  { spec_lane_set_do_request, 3 }, { spec_lane_set_do_reply, 2 } },
	{ "lane-change-ntf", LPO_CMD_LANE_CHANGE_NTF, SPEC_NOTIFY, 0, &spec_set_lane,
	  { NULL, 0 }, { spec_lane_change_ntf_notify_reply, 9 } },
	{ "datapath-get", LPO_CMD_DATAPATH_GET, SPEC_DO, 0, &spec_set_datapath,
	  { spec_datapath_get_do_request, 2 }, { spec_datapath_get_do_reply, 15 } },
	{ "datapath-get", LPO_CMD_DATAPATH_GET, SPEC_DUMP, 0, &spec_set_datapath,
	  { spec_datapath_get_dump_request, 1 }, { spec_datapath_get_dump_reply, 15 } },
	{ "datapath-set", LPO_CMD_DATAPATH_SET, SPEC_DO, 1, &spec_set_datapath,
	  { spec_datapath_set_do_request, 4 }, { spec_datapath_set_do_reply, 3 } },
	{ "datapath-change-ntf", LPO_CMD_DATAPATH_CHANGE_NTF, SPEC_NOTIFY, 0, &spec_set_datapath,
	  { NULL, 0 }, { spec_datapath_change_ntf_notify_reply, 15 } },
	{ "eq-get", LPO_CMD_EQ_GET, SPEC_DO, 0, &spec_set_eq,
	  { spec_eq_get_do_request, 3 }, { spec_eq_get_do_reply, 7 } },
	{ "eq-get", LPO_CMD_EQ_GET, SPEC_DUMP, 0, &spec_set_eq,
	  { spec_eq_get_dump_request, 1 }, { spec_eq_get_dump_reply, 7 } },
	{ "eq-set", LPO_CMD_EQ_SET, SPEC_DO, 1, &spec_set_eq,
	  { spec_eq_set_do_request, 6 }, { spec_eq_set_do_reply, 4 } },
	{ "eq-change-ntf", LPO_CMD_EQ_CHANGE_NTF, SPEC_NOTIFY, 0, &spec_set_eq,
	  { NULL, 0 }, { spec_eq_change_ntf_notify_reply, 7 } },
	{ "vdm-get", LPO_CMD_VDM_GET, SPEC_DO, 0, &spec_set_vdm,
	  { spec_vdm_get_do_request, 3 }, { spec_vdm_get_do_reply, 21 } },
	{ "vdm-get", LPO_CMD_VDM_GET, SPEC_DUMP, 0, &spec_set_vdm,
	  { spec_vdm_get_dump_request, 1 }, { spec_vdm_get_dump_reply, 21 } },
	{ "diag-get", LPO_CMD_DIAG_GET, SPEC_DO, 1, &spec_set_diag,
	  { spec_diag_get_do_request, 2 }, { spec_diag_get_do_reply, 20 } },
	{ "diag-set", LPO_CMD_DIAG_SET, SPEC_DO, 1, &spec_set_diag,
	  { spec_diag_set_do_request, 10 }, { spec_diag_set_do_reply, 20 } },
	{ "lease-get", LPO_CMD_LEASE_GET, SPEC_DO, 0, &spec_set_lease,
	  { spec_lease_get_do_request, 1 }, { spec_lease_get_do_reply, 4 } },
	{ "lease-get", LPO_CMD_LEASE_GET, SPEC_DUMP, 0, &spec_set_lease,
	  { NULL, 0 }, { spec_lease_get_dump_reply, 4 } },
	{ "lease-take", LPO_CMD_LEASE_TAKE, SPEC_DO, 1, &spec_set_lease,
	  { spec_lease_take_do_request, 2 }, { spec_lease_take_do_reply, 4 } },
	{ "lease-release", LPO_CMD_LEASE_RELEASE, SPEC_DO, 1, &spec_set_lease,
	  { spec_lease_release_do_request, 1 }, { NULL, 0 } },
	{ "lease-change-ntf", LPO_CMD_LEASE_CHANGE_NTF, SPEC_NOTIFY, 0, &spec_set_lease,
	  { NULL, 0 }, { spec_lease_change_ntf_notify_reply, 4 } },
	{ "host-get", LPO_CMD_HOST_GET, SPEC_DO, 0, &spec_set_host,
	  { spec_host_get_do_request, 1 }, { spec_host_get_do_reply, 9 } },
	{ "host-get", LPO_CMD_HOST_GET, SPEC_DUMP, 0, &spec_set_host,
	  { spec_host_get_dump_request, 1 }, { spec_host_get_dump_reply, 9 } },
	{ "host-change-ntf", LPO_CMD_HOST_CHANGE_NTF, SPEC_NOTIFY, 0, &spec_set_host,
	  { NULL, 0 }, { spec_host_change_ntf_notify_reply, 9 } },
	{ "margin-get", LPO_CMD_MARGIN_GET, SPEC_DO, 0, &spec_set_margin,
	  { spec_margin_get_do_request, 2 }, { spec_margin_get_do_reply, 17 } },
	{ "margin-get", LPO_CMD_MARGIN_GET, SPEC_DUMP, 0, &spec_set_margin,
	  { spec_margin_get_dump_request, 1 }, { spec_margin_get_dump_reply, 17 } },
	{ "margin-start", LPO_CMD_MARGIN_START, SPEC_DO, 1, &spec_set_margin,
	  { spec_margin_start_do_request, 2 }, { spec_margin_start_do_reply, 17 } },
	{ "margin-stop", LPO_CMD_MARGIN_STOP, SPEC_DO, 1, &spec_set_margin,
	  { spec_margin_stop_do_request, 1 }, { spec_margin_stop_do_reply, 17 } },
	{ "margin-ntf", LPO_CMD_MARGIN_NTF, SPEC_NOTIFY, 0, &spec_set_margin,
	  { NULL, 0 }, { spec_margin_ntf_notify_reply, 17 } },
	{ "agent-register", LPO_CMD_AGENT_REGISTER, SPEC_DO, 1, &spec_set_agent,
	  { spec_agent_register_do_request, 8 }, { spec_agent_register_do_reply, 2 } },
	{ "agent-unregister", LPO_CMD_AGENT_UNREGISTER, SPEC_DO, 1, &spec_set_agent,
	  { spec_agent_unregister_do_request, 1 }, { NULL, 0 } },
	{ "agent-call-ntf", LPO_CMD_AGENT_CALL_NTF, SPEC_EVENT, 0, &spec_set_agent,
	  { NULL, 0 }, { spec_agent_call_ntf_event_reply, 7 } },
	{ "agent-answer", LPO_CMD_AGENT_ANSWER, SPEC_DO, 1, &spec_set_agent,
	  { spec_agent_answer_do_request, 11 }, { NULL, 0 } },
	{ "agent-measured", LPO_CMD_AGENT_MEASURED, SPEC_DO, 1, &spec_set_agent,
	  { spec_agent_measured_do_request, 3 }, { NULL, 0 } },
};

#define SPEC_NAMES	225
