/* SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause) */
/* Do not edit directly, auto-generated from: */
/*	Documentation/netlink/specs/lpo.yaml */
/* YNL-GEN uapi header */

#ifndef _UAPI_LINUX_LPO_H
#define _UAPI_LINUX_LPO_H

#define LPO_FAMILY_NAME		"lpo"
#define LPO_FAMILY_VERSION	1

#define LPO_PAGE_SIZE	128
#define LPO_MAX_LANES	32

/**
 * enum lpo_state - State of a cage. low-power to fault are the states of the
 *   CMIS module state machine; the others are the driver's own.
 * @LPO_STATE_ABSENT: No module answers.
 * @LPO_STATE_PROBING: A module answers; its identity is not settled yet.
 * @LPO_STATE_LOW_POWER: ModuleLowPwr.
 * @LPO_STATE_POWERING_UP: ModulePwrUp.
 * @LPO_STATE_READY: ModuleReady.
 * @LPO_STATE_POWERING_DOWN: ModulePwrDn.
 * @LPO_STATE_FAULT: ModuleFault; the module wants a reset or a power cycle.
 * @LPO_STATE_ERROR: The module is known but cannot be read now; see
 *   state-error.
 * @LPO_STATE_UNSUPPORTED: The module is not a CMIS module; see state-reason.
 */
enum lpo_state {
	LPO_STATE_ABSENT,
	LPO_STATE_PROBING,
	LPO_STATE_LOW_POWER,
	LPO_STATE_POWERING_UP,
	LPO_STATE_READY,
	LPO_STATE_POWERING_DOWN,
	LPO_STATE_FAULT,
	LPO_STATE_ERROR,
	LPO_STATE_UNSUPPORTED,

	/* private: */
	__LPO_STATE_MAX,
	LPO_STATE_MAX = (__LPO_STATE_MAX - 1)
};

/**
 * enum lpo_datapath - CMIS data path state of a host lane (page 11h bytes
 *   128-131).
 * @LPO_DATAPATH_UNKNOWN: Not known, or a state that CMIS reserves.
 * @LPO_DATAPATH_DEACTIVATED: DataPathDeactivated.
 * @LPO_DATAPATH_INIT: DataPathInit.
 * @LPO_DATAPATH_DEINIT: DataPathDeinit.
 * @LPO_DATAPATH_ACTIVATED: DataPathActivated.
 * @LPO_DATAPATH_TX_TURN_ON: DataPathTxTurnOn.
 * @LPO_DATAPATH_TX_TURN_OFF: DataPathTxTurnOff.
 * @LPO_DATAPATH_INITIALIZED: DataPathInitialized.
 */
enum lpo_datapath {
	LPO_DATAPATH_UNKNOWN,
	LPO_DATAPATH_DEACTIVATED,
	LPO_DATAPATH_INIT,
	LPO_DATAPATH_DEINIT,
	LPO_DATAPATH_ACTIVATED,
	LPO_DATAPATH_TX_TURN_ON,
	LPO_DATAPATH_TX_TURN_OFF,
	LPO_DATAPATH_INITIALIZED,

	/* private: */
	__LPO_DATAPATH_MAX,
	LPO_DATAPATH_MAX = (__LPO_DATAPATH_MAX - 1)
};

/**
 * enum lpo_sensor - What a sample measures, with the unit of its value and
 *   thresholds.
 * @LPO_SENSOR_TEMPERATURE: Module temperature, millidegree Celsius.
 * @LPO_SENSOR_VOLTAGE: Supply voltage, microvolt.
 * @LPO_SENSOR_TX_BIAS: Laser bias of a media lane, microampere.
 * @LPO_SENSOR_TX_POWER: Transmitted optical power of a media lane, nanowatt.
 * @LPO_SENSOR_RX_POWER: Received optical power of a media lane, nanowatt.
 * @LPO_SENSOR_LASER_TEMPERATURE: Laser temperature, millidegree Celsius.
 * @LPO_SENSOR_TEC_CURRENT: Current of the thermo-electric cooler, thousandth
 *   of a percent of its maximum; positive heats.
 * @LPO_SENSOR_VOLTAGE2: Second supply voltage, microvolt.
 * @LPO_SENSOR_CUSTOM: Vendor specific monitor, raw value.
 * @LPO_SENSOR_TX_INPUT_VMA: Voltage modulation amplitude at the electrical
 *   input of a host lane (TP1), millivolt. Not in base CMIS, see
 *   vendor-descriptor.
 * @LPO_SENSOR_RX_OMA: Received optical modulation amplitude of a media lane
 *   (TP3), nanowatt. Not in base CMIS, see vendor-descriptor.
 */
enum lpo_sensor {
	LPO_SENSOR_TEMPERATURE,
	LPO_SENSOR_VOLTAGE,
	LPO_SENSOR_TX_BIAS,
	LPO_SENSOR_TX_POWER,
	LPO_SENSOR_RX_POWER,
	LPO_SENSOR_LASER_TEMPERATURE,
	LPO_SENSOR_TEC_CURRENT,
	LPO_SENSOR_VOLTAGE2,
	LPO_SENSOR_CUSTOM,
	LPO_SENSOR_TX_INPUT_VMA,
	LPO_SENSOR_RX_OMA,

	/* private: */
	__LPO_SENSOR_MAX,
	LPO_SENSOR_MAX = (__LPO_SENSOR_MAX - 1)
};

/**
 * enum lpo_threshold - The four thresholds of a monitor, as flags.
 * @LPO_THRESHOLD_HIGH_ALARM: High alarm.
 * @LPO_THRESHOLD_LOW_ALARM: Low alarm.
 * @LPO_THRESHOLD_HIGH_WARN: High warning.
 * @LPO_THRESHOLD_LOW_WARN: Low warning.
 */
enum lpo_threshold {
	LPO_THRESHOLD_HIGH_ALARM = 1,
	LPO_THRESHOLD_LOW_ALARM = 2,
	LPO_THRESHOLD_HIGH_WARN = 4,
	LPO_THRESHOLD_LOW_WARN = 8,
};

/**
 * enum lpo_lane_flag - Latched flags of a lane (page 11h bytes 134-153 without
 *   the monitor thresholds).
 * @LPO_LANE_FLAG_TX_FAULT: Fault of the transmitter.
 * @LPO_LANE_FLAG_TX_LOS: Loss of signal at the electrical input.
 * @LPO_LANE_FLAG_TX_LOL: Loss of lock at the electrical input.
 * @LPO_LANE_FLAG_TX_ADAPT_FAIL: Adaptation of the input equalizer failed.
 * @LPO_LANE_FLAG_RX_LOS: Loss of signal at the optical input.
 * @LPO_LANE_FLAG_RX_LOL: Loss of lock at the optical input.
 * @LPO_LANE_FLAG_DATAPATH_CHANGED: The state of the data path changed.
 * @LPO_LANE_FLAG_RX_OUTPUT_CHANGED: The status of the Rx output changed.
 */
enum lpo_lane_flag {
	LPO_LANE_FLAG_TX_FAULT = 1,
	LPO_LANE_FLAG_TX_LOS = 2,
	LPO_LANE_FLAG_TX_LOL = 4,
	LPO_LANE_FLAG_TX_ADAPT_FAIL = 8,
	LPO_LANE_FLAG_RX_LOS = 16,
	LPO_LANE_FLAG_RX_LOL = 32,
	LPO_LANE_FLAG_DATAPATH_CHANGED = 64,
	LPO_LANE_FLAG_RX_OUTPUT_CHANGED = 128,
};

/**
 * enum lpo_module_flag - Latched flags of the module (lower memory byte 8).
 * @LPO_MODULE_FLAG_STATE_CHANGED: The state of the module changed.
 * @LPO_MODULE_FLAG_FIRMWARE_ERROR: Error of the module firmware.
 * @LPO_MODULE_FLAG_DATAPATH_FIRMWARE_ERROR: Error of the firmware of a data
 *   path.
 * @LPO_MODULE_FLAG_ABNORMAL_FIRMWARE: Firmware that is not the usual one runs.
 * @LPO_MODULE_FLAG_CDB_COMPLETE1: The first CDB instance completed a command.
 * @LPO_MODULE_FLAG_CDB_COMPLETE2: The second CDB instance completed a command.
 */
enum lpo_module_flag {
	LPO_MODULE_FLAG_STATE_CHANGED = 1,
	LPO_MODULE_FLAG_FIRMWARE_ERROR = 2,
	LPO_MODULE_FLAG_DATAPATH_FIRMWARE_ERROR = 4,
	LPO_MODULE_FLAG_ABNORMAL_FIRMWARE = 8,
	LPO_MODULE_FLAG_CDB_COMPLETE1 = 16,
	LPO_MODULE_FLAG_CDB_COMPLETE2 = 32,
};

/**
 * enum lpo_module_class - Where the retiming is done.
 * @LPO_MODULE_CLASS_UNKNOWN: The advertisement does not tell.
 * @LPO_MODULE_CLASS_RETIMED: Both directions pass a CDR or DSP in the module.
 * @LPO_MODULE_CLASS_HALF_RETIMED: Retimed transmitter, linear receiver (LRO,
 *   RTLR).
 * @LPO_MODULE_CLASS_LINEAR: No retimer in either direction (LPO).
 * @LPO_MODULE_CLASS_LINEAR_SUSPECTED: Looks linear (optical, 100 Gb/s per
 *   lane, no CDR advertised), but advertises retimed host interfaces.
 * @LPO_MODULE_CLASS_COPPER: Copper cable or BASE-T, no optics.
 */
enum lpo_module_class {
	LPO_MODULE_CLASS_UNKNOWN,
	LPO_MODULE_CLASS_RETIMED,
	LPO_MODULE_CLASS_HALF_RETIMED,
	LPO_MODULE_CLASS_LINEAR,
	LPO_MODULE_CLASS_LINEAR_SUSPECTED,
	LPO_MODULE_CLASS_COPPER,

	/* private: */
	__LPO_MODULE_CLASS_MAX,
	LPO_MODULE_CLASS_MAX = (__LPO_MODULE_CLASS_MAX - 1)
};

/**
 * enum lpo_class_rule - Rules by which module-class was found; all that hold
 *   are reported.
 * @LPO_CLASS_RULE_HOST_INTERFACE: A host interface LEI-xxxG-PAM4 or
 *   CEI-112G-LINEAR-PAM4.
 * @LPO_CLASS_RULE_MEDIA_INTERFACE: A single-mode media interface with LPO in
 *   its name.
 * @LPO_CLASS_RULE_RTLR_INTERFACE: A host interface EEI-xxxG-RTLR.
 * @LPO_CLASS_RULE_ENHANCED_LPO: Enhanced LPO pages advertised and a part
 *   number that has them.
 * @LPO_CLASS_RULE_NO_CDR: Optical, 100 Gb/s per lane, and neither CDR nor CDR
 *   flag.
 * @LPO_CLASS_RULE_CDR: A CDR is advertised in one or both directions.
 * @LPO_CLASS_RULE_MEDIA_TYPE: The media type says copper.
 * @LPO_CLASS_RULE_APPLICATION_SET: The application set of a known linear
 *   module.
 */
enum lpo_class_rule {
	LPO_CLASS_RULE_HOST_INTERFACE = 1,
	LPO_CLASS_RULE_MEDIA_INTERFACE = 2,
	LPO_CLASS_RULE_RTLR_INTERFACE = 4,
	LPO_CLASS_RULE_ENHANCED_LPO = 8,
	LPO_CLASS_RULE_NO_CDR = 16,
	LPO_CLASS_RULE_CDR = 32,
	LPO_CLASS_RULE_MEDIA_TYPE = 64,
	LPO_CLASS_RULE_APPLICATION_SET = 128,
};

/**
 * enum lpo_module_feature - Advertised features of the module as a whole (page
 *   01h).
 * @LPO_MODULE_FEATURE_PAGED: Upper memory has pages.
 * @LPO_MODULE_FEATURE_STEPPED_CONFIG_ONLY: Not every reconfiguration works
 *   without the host taking data paths down.
 * @LPO_MODULE_FEATURE_AUTO_REGULAR: A reconfiguration by ApplyDPInit works
 *   without further steps.
 * @LPO_MODULE_FEATURE_AUTO_HOT: A reconfiguration by ApplyImmediate works
 *   without further steps.
 * @LPO_MODULE_FEATURE_NETWORK_PATH: Network path pages.
 * @LPO_MODULE_FEATURE_VDM: Versatile diagnostics monitoring pages.
 * @LPO_MODULE_FEATURE_DIAGNOSTICS: Diagnostics pages.
 * @LPO_MODULE_FEATURE_COHERENT: Pages of the coherent extension (C-CMIS).
 * @LPO_MODULE_FEATURE_FORM_FACTOR_PAGE: The page of the form factor.
 * @LPO_MODULE_FEATURE_USER_EEPROM: The page that users may write.
 * @LPO_MODULE_FEATURE_EPPS: Enhanced pulse per second.
 * @LPO_MODULE_FEATURE_TIMING_PAGE: The page of timing characteristics.
 * @LPO_MODULE_FEATURE_COOLED: Cooled transmitter.
 * @LPO_MODULE_FEATURE_BANK_BROADCAST: Writes to all banks at a time.
 * @LPO_MODULE_FEATURE_WAVELENGTH_CONTROL: Control of the wavelength.
 * @LPO_MODULE_FEATURE_TUNABLE: Tunable transmitter.
 * @LPO_MODULE_FEATURE_STAGED_SET1: Staged control set 1.
 * @LPO_MODULE_FEATURE_UNIDIRECTIONAL_CONFIG: Directions can be configured one
 *   by one.
 * @LPO_MODULE_FEATURE_VCS: Versatile control set pages.
 * @LPO_MODULE_FEATURE_CDB_BACKGROUND: CDB commands in the background.
 * @LPO_MODULE_FEATURE_CDB_AUTO_PAGING: CDB advances the page of extended
 *   payload by itself.
 * @LPO_MODULE_FEATURE_CDB_TRIGGER_ANY: Any write of the command triggers CDB.
 * @LPO_MODULE_FEATURE_PAGE_0CH: Page 0Ch.
 * @LPO_MODULE_FEATURE_PAGE_0DH: Page 0Dh.
 * @LPO_MODULE_FEATURE_SCRATCHPAD: Scratchpad bytes.
 * @LPO_MODULE_FEATURE_PASSWORD: Password entry.
 * @LPO_MODULE_FEATURE_PASSWORD_RESULT: The result of a password entry is told.
 * @LPO_MODULE_FEATURE_FULL_PAGE_READ: Reads of a whole page.
 * @LPO_MODULE_FEATURE_HOST_LANE_SWITCH: Switching of host lanes.
 * @LPO_MODULE_FEATURE_MEDIA_LANE_SWITCH: Switching of media lanes.
 * @LPO_MODULE_FEATURE_DETECTOR_APD: APD detector, not PIN.
 * @LPO_MODULE_FEATURE_TX_DISABLE_MODULE_WIDE: A lane's Tx disable acts on all
 *   lanes.
 */
enum lpo_module_feature {
	LPO_MODULE_FEATURE_PAGED = 1,
	LPO_MODULE_FEATURE_STEPPED_CONFIG_ONLY = 2,
	LPO_MODULE_FEATURE_AUTO_REGULAR = 4,
	LPO_MODULE_FEATURE_AUTO_HOT = 8,
	LPO_MODULE_FEATURE_NETWORK_PATH = 16,
	LPO_MODULE_FEATURE_VDM = 32,
	LPO_MODULE_FEATURE_DIAGNOSTICS = 64,
	LPO_MODULE_FEATURE_COHERENT = 128,
	LPO_MODULE_FEATURE_FORM_FACTOR_PAGE = 256,
	LPO_MODULE_FEATURE_USER_EEPROM = 512,
	LPO_MODULE_FEATURE_EPPS = 1024,
	LPO_MODULE_FEATURE_TIMING_PAGE = 2048,
	LPO_MODULE_FEATURE_COOLED = 4096,
	LPO_MODULE_FEATURE_BANK_BROADCAST = 8192,
	LPO_MODULE_FEATURE_WAVELENGTH_CONTROL = 16384,
	LPO_MODULE_FEATURE_TUNABLE = 32768,
	LPO_MODULE_FEATURE_STAGED_SET1 = 65536,
	LPO_MODULE_FEATURE_UNIDIRECTIONAL_CONFIG = 131072,
	LPO_MODULE_FEATURE_VCS = 262144,
	LPO_MODULE_FEATURE_CDB_BACKGROUND = 524288,
	LPO_MODULE_FEATURE_CDB_AUTO_PAGING = 1048576,
	LPO_MODULE_FEATURE_CDB_TRIGGER_ANY = 2097152,
	LPO_MODULE_FEATURE_PAGE_0CH = 4194304,
	LPO_MODULE_FEATURE_PAGE_0DH = 8388608,
	LPO_MODULE_FEATURE_SCRATCHPAD = 16777216,
	LPO_MODULE_FEATURE_PASSWORD = 33554432,
	LPO_MODULE_FEATURE_PASSWORD_RESULT = 67108864,
	LPO_MODULE_FEATURE_FULL_PAGE_READ = 134217728,
	LPO_MODULE_FEATURE_HOST_LANE_SWITCH = 268435456,
	LPO_MODULE_FEATURE_MEDIA_LANE_SWITCH = 536870912,
	LPO_MODULE_FEATURE_DETECTOR_APD = 1073741824,
	LPO_MODULE_FEATURE_TX_DISABLE_MODULE_WIDE = 2147483648,
};

/**
 * enum lpo_tx_feature - Advertised features of the transmit direction (page
 *   01h).
 * @LPO_TX_FEATURE_CDR: A CDR.
 * @LPO_TX_FEATURE_CDR_BYPASS: The CDR can be bypassed.
 * @LPO_TX_FEATURE_ADAPTIVE_EQ: Input equalizer that adapts by itself.
 * @LPO_TX_FEATURE_FIXED_EQ: Input equalizer with fixed settings.
 * @LPO_TX_FEATURE_EQ_FREEZE: Adaptation of the input equalizer can be frozen.
 * @LPO_TX_FEATURE_POLARITY_FLIP: Polarity of the input can be inverted.
 * @LPO_TX_FEATURE_OUTPUT_DISABLE: The output can be turned off.
 * @LPO_TX_FEATURE_AUTO_SQUELCH_DISABLE: Automatic squelch can be turned off.
 * @LPO_TX_FEATURE_FORCED_SQUELCH: The output can be squelched.
 * @LPO_TX_FEATURE_FAULT_FLAG: Flag of a transmitter fault.
 * @LPO_TX_FEATURE_LOS_FLAG: Flag of a loss of signal.
 * @LPO_TX_FEATURE_LOL_FLAG: Flag of a loss of lock.
 * @LPO_TX_FEATURE_EQ_FAIL_FLAG: Flag of a failed adaptation.
 * @LPO_TX_FEATURE_BIAS_MONITOR: Monitor of the laser bias.
 * @LPO_TX_FEATURE_POWER_MONITOR: Monitor of the optical power.
 * @LPO_TX_FEATURE_DISABLE_FAST: The output is turned off within the shorter
 *   time of CMIS.
 */
enum lpo_tx_feature {
	LPO_TX_FEATURE_CDR = 1,
	LPO_TX_FEATURE_CDR_BYPASS = 2,
	LPO_TX_FEATURE_ADAPTIVE_EQ = 4,
	LPO_TX_FEATURE_FIXED_EQ = 8,
	LPO_TX_FEATURE_EQ_FREEZE = 16,
	LPO_TX_FEATURE_POLARITY_FLIP = 32,
	LPO_TX_FEATURE_OUTPUT_DISABLE = 64,
	LPO_TX_FEATURE_AUTO_SQUELCH_DISABLE = 128,
	LPO_TX_FEATURE_FORCED_SQUELCH = 256,
	LPO_TX_FEATURE_FAULT_FLAG = 512,
	LPO_TX_FEATURE_LOS_FLAG = 1024,
	LPO_TX_FEATURE_LOL_FLAG = 2048,
	LPO_TX_FEATURE_EQ_FAIL_FLAG = 4096,
	LPO_TX_FEATURE_BIAS_MONITOR = 8192,
	LPO_TX_FEATURE_POWER_MONITOR = 16384,
	LPO_TX_FEATURE_DISABLE_FAST = 32768,
};

/**
 * enum lpo_rx_feature - Advertised features of the receive direction (page
 *   01h).
 * @LPO_RX_FEATURE_CDR: A CDR.
 * @LPO_RX_FEATURE_CDR_BYPASS: The CDR can be bypassed.
 * @LPO_RX_FEATURE_OUTPUT_PRE: Pre-cursor of the output can be set.
 * @LPO_RX_FEATURE_OUTPUT_POST: Post-cursor of the output can be set.
 * @LPO_RX_FEATURE_OUTPUT_AMPLITUDE: Amplitude of the output can be set.
 * @LPO_RX_FEATURE_POLARITY_FLIP: Polarity of the output can be inverted.
 * @LPO_RX_FEATURE_OUTPUT_DISABLE: The output can be turned off.
 * @LPO_RX_FEATURE_AUTO_SQUELCH_DISABLE: Automatic squelch can be turned off.
 * @LPO_RX_FEATURE_LOS_FLAG: Flag of a loss of signal.
 * @LPO_RX_FEATURE_LOL_FLAG: Flag of a loss of lock.
 * @LPO_RX_FEATURE_POWER_MONITOR: Monitor of the optical power.
 * @LPO_RX_FEATURE_POWER_AVERAGE: That monitor is of average power, not of OMA.
 * @LPO_RX_FEATURE_LOS_AVERAGE: Loss of signal is told by average power, not by
 *   OMA.
 * @LPO_RX_FEATURE_LOS_FAST: Loss of signal is told within the shorter time of
 *   CMIS.
 */
enum lpo_rx_feature {
	LPO_RX_FEATURE_CDR = 1,
	LPO_RX_FEATURE_CDR_BYPASS = 2,
	LPO_RX_FEATURE_OUTPUT_PRE = 4,
	LPO_RX_FEATURE_OUTPUT_POST = 8,
	LPO_RX_FEATURE_OUTPUT_AMPLITUDE = 16,
	LPO_RX_FEATURE_POLARITY_FLIP = 32,
	LPO_RX_FEATURE_OUTPUT_DISABLE = 64,
	LPO_RX_FEATURE_AUTO_SQUELCH_DISABLE = 128,
	LPO_RX_FEATURE_LOS_FLAG = 256,
	LPO_RX_FEATURE_LOL_FLAG = 512,
	LPO_RX_FEATURE_POWER_MONITOR = 1024,
	LPO_RX_FEATURE_POWER_AVERAGE = 2048,
	LPO_RX_FEATURE_LOS_AVERAGE = 4096,
	LPO_RX_FEATURE_LOS_FAST = 8192,
};

/**
 * enum lpo_quirk - Known misbehaviour of a module that the driver allows for.
 * @LPO_QUIRK_LATE_IDENTITY: Wrong data in the first seconds after insertion.
 * @LPO_QUIRK_LATE_SELECT: The page register shows a new page later than
 *   advertised.
 * @LPO_QUIRK_BAD_CHECKSUM: Checksums are wrong by nature and say nothing.
 * @LPO_QUIRK_STUCK_FLAGS: Some flags never clear; they raise no alarm.
 * @LPO_QUIRK_SHORT_READS: Only reads of 8 bytes are right.
 */
enum lpo_quirk {
	LPO_QUIRK_LATE_IDENTITY = 1,
	LPO_QUIRK_LATE_SELECT = 2,
	LPO_QUIRK_BAD_CHECKSUM = 4,
	LPO_QUIRK_STUCK_FLAGS = 8,
	LPO_QUIRK_SHORT_READS = 16,
};

/**
 * enum lpo_pin - Pins of the cage that the driver can use.
 * @LPO_PIN_PRESENT: Presence of a module (ModPrsL).
 * @LPO_PIN_INTERRUPT: Interrupt of the module (IntL).
 * @LPO_PIN_RESET: Reset of the module (ResetL).
 * @LPO_PIN_LOW_POWER: Request of low power (LPMode).
 */
enum lpo_pin {
	LPO_PIN_PRESENT = 1,
	LPO_PIN_INTERRUPT = 2,
	LPO_PIN_RESET = 4,
	LPO_PIN_LOW_POWER = 8,
};

/**
 * enum lpo_lane_control - Controls of a lane that act at once (page 10h bytes
 *   128-142), as far as the module advertises them. Tx controls act on the
 *   media side output or its input, Rx controls on the host side output.
 * @LPO_LANE_CONTROL_TX_DISABLE: The Tx output is off.
 * @LPO_LANE_CONTROL_RX_DISABLE: The Rx output is off.
 * @LPO_LANE_CONTROL_TX_SQUELCH_DISABLE: No automatic squelch of the Tx output.
 * @LPO_LANE_CONTROL_TX_SQUELCH_FORCE: The Tx output is squelched.
 * @LPO_LANE_CONTROL_RX_SQUELCH_DISABLE: No automatic squelch of the Rx output.
 * @LPO_LANE_CONTROL_TX_POLARITY_FLIP: Polarity of the Tx input is inverted.
 * @LPO_LANE_CONTROL_RX_POLARITY_FLIP: Polarity of the Rx output is inverted.
 * @LPO_LANE_CONTROL_EQ_FREEZE: Adaptation of the Tx input equalizer is frozen.
 */
enum lpo_lane_control {
	LPO_LANE_CONTROL_TX_DISABLE = 1,
	LPO_LANE_CONTROL_RX_DISABLE = 2,
	LPO_LANE_CONTROL_TX_SQUELCH_DISABLE = 4,
	LPO_LANE_CONTROL_TX_SQUELCH_FORCE = 8,
	LPO_LANE_CONTROL_RX_SQUELCH_DISABLE = 16,
	LPO_LANE_CONTROL_TX_POLARITY_FLIP = 32,
	LPO_LANE_CONTROL_RX_POLARITY_FLIP = 64,
	LPO_LANE_CONTROL_EQ_FREEZE = 128,
};

/**
 * enum lpo_datapath_step - What the driver does with a data path. The module's
 *   own state is datapath.
 * @LPO_DATAPATH_STEP_IDLE: Nothing; the module runs it.
 * @LPO_DATAPATH_STEP_DEINIT: Deinitialising, waits for Deactivated.
 * @LPO_DATAPATH_STEP_RELEASE: Taking the lanes out of the data paths they were
 *   in.
 * @LPO_DATAPATH_STEP_APPLY: Configuration staged and applied, waits for its
 *   result.
 * @LPO_DATAPATH_STEP_HOST: The host lanes are told, waits for them.
 * @LPO_DATAPATH_STEP_INIT: Initialising, waits for Initialized.
 * @LPO_DATAPATH_STEP_TX_ON: Transmitters are turned on, waits for Activated.
 * @LPO_DATAPATH_STEP_FAILED: Given up, see reason.
 */
enum lpo_datapath_step {
	LPO_DATAPATH_STEP_IDLE,
	LPO_DATAPATH_STEP_DEINIT,
	LPO_DATAPATH_STEP_RELEASE,
	LPO_DATAPATH_STEP_APPLY,
	LPO_DATAPATH_STEP_HOST,
	LPO_DATAPATH_STEP_INIT,
	LPO_DATAPATH_STEP_TX_ON,
	LPO_DATAPATH_STEP_FAILED,

	/* private: */
	__LPO_DATAPATH_STEP_MAX,
	LPO_DATAPATH_STEP_MAX = (__LPO_DATAPATH_STEP_MAX - 1)
};

/**
 * enum lpo_datapath_action - What to do with the data paths of some host
 *   lanes.
 * @LPO_DATAPATH_ACTION_CONFIGURE: Select an application for the lanes and
 *   bring them up.
 * @LPO_DATAPATH_ACTION_REINIT: Take the data paths down and bring them up
 *   again.
 * @LPO_DATAPATH_ACTION_DEINIT: Take the data paths down and leave them.
 * @LPO_DATAPATH_ACTION_INIT: Bring data paths up that were taken down.
 */
enum lpo_datapath_action {
	LPO_DATAPATH_ACTION_CONFIGURE,
	LPO_DATAPATH_ACTION_REINIT,
	LPO_DATAPATH_ACTION_DEINIT,
	LPO_DATAPATH_ACTION_INIT,

	/* private: */
	__LPO_DATAPATH_ACTION_MAX,
	LPO_DATAPATH_ACTION_MAX = (__LPO_DATAPATH_ACTION_MAX - 1)
};

/**
 * enum lpo_eq_side - Whose equalizer.
 * @LPO_EQ_SIDE_MODULE: The module, by its staged control set 0.
 * @LPO_EQ_SIDE_HOST: The SerDes of the host that drives the module.
 */
enum lpo_eq_side {
	LPO_EQ_SIDE_MODULE,
	LPO_EQ_SIDE_HOST,

	/* private: */
	__LPO_EQ_SIDE_MAX,
	LPO_EQ_SIDE_MAX = (__LPO_EQ_SIDE_MAX - 1)
};

/**
 * enum lpo_eq_param - Parameters of an equalizer. Those up to output-amplitude
 *   are of the module; what its codes mean in dB or millivolt is up to its
 *   vendor. The others are of the host's SerDes, which says what range and
 *   unit each has; tx is what it sends to the module, rx what it receives from
 *   it.
 * @LPO_EQ_PARAM_INPUT_EQ_ADAPTIVE: 1 if the module adapts its Tx input
 *   equalizer (driver gain of a linear module) by itself.
 * @LPO_EQ_PARAM_INPUT_EQ: Fixed Tx input equalizer, code; on linear modules
 *   the driver peaking. Counts where input-eq-adaptive is 0.
 * @LPO_EQ_PARAM_INPUT_EQ_RECALL: Buffer to recall the adapted Tx input
 *   equalizer from, 0 none.
 * @LPO_EQ_PARAM_OUTPUT_PRE: Pre-cursor of the Rx output, code.
 * @LPO_EQ_PARAM_OUTPUT_POST: Post-cursor of the Rx output, code.
 * @LPO_EQ_PARAM_OUTPUT_AMPLITUDE: Amplitude of the Rx output, code.
 * @LPO_EQ_PARAM_TX_PRE3: Third precursor tap of the transmitter's FIR filter,
 *   which acts on the symbol that comes three later.
 * @LPO_EQ_PARAM_TX_PRE2: Second precursor tap.
 * @LPO_EQ_PARAM_TX_PRE1: First precursor tap.
 * @LPO_EQ_PARAM_TX_MAIN: Main tap.
 * @LPO_EQ_PARAM_TX_POST1: First postcursor tap.
 * @LPO_EQ_PARAM_TX_POST2: Second postcursor tap.
 * @LPO_EQ_PARAM_TX_POST3: Third postcursor tap.
 * @LPO_EQ_PARAM_TX_SWING: Amplitude of the transmitter at full scale of the
 *   taps.
 * @LPO_EQ_PARAM_TX_NLC_UPPER: Compensation of non-linearity, upper eye.
 * @LPO_EQ_PARAM_TX_NLC_LOWER: Compensation of non-linearity, lower eye.
 * @LPO_EQ_PARAM_TX_PRECODING: 1 if what is sent is precoded.
 * @LPO_EQ_PARAM_TX_POLARITY: 1 if the transmitter's pair is swapped.
 * @LPO_EQ_PARAM_RX_CTLE_DC: Gain of the receiver's CTLE at low frequencies.
 * @LPO_EQ_PARAM_RX_CTLE_LF: Its gain at the lowest frequencies (second stage).
 * @LPO_EQ_PARAM_RX_VGA: Gain of the receiver's amplifier, from the one that
 *   fits best.
 * @LPO_EQ_PARAM_RX_ECD_MLSE: 1 if an error correcting detector or MLSE is on.
 * @LPO_EQ_PARAM_RX_REACH: Reach mode of the receiver.
 * @LPO_EQ_PARAM_RX_PRECODING: 1 if what is received is taken for precoded.
 * @LPO_EQ_PARAM_RX_POLARITY: 1 if the receiver's pair is swapped.
 */
enum lpo_eq_param {
	LPO_EQ_PARAM_INPUT_EQ_ADAPTIVE,
	LPO_EQ_PARAM_INPUT_EQ,
	LPO_EQ_PARAM_INPUT_EQ_RECALL,
	LPO_EQ_PARAM_OUTPUT_PRE,
	LPO_EQ_PARAM_OUTPUT_POST,
	LPO_EQ_PARAM_OUTPUT_AMPLITUDE,
	LPO_EQ_PARAM_TX_PRE3,
	LPO_EQ_PARAM_TX_PRE2,
	LPO_EQ_PARAM_TX_PRE1,
	LPO_EQ_PARAM_TX_MAIN,
	LPO_EQ_PARAM_TX_POST1,
	LPO_EQ_PARAM_TX_POST2,
	LPO_EQ_PARAM_TX_POST3,
	LPO_EQ_PARAM_TX_SWING,
	LPO_EQ_PARAM_TX_NLC_UPPER,
	LPO_EQ_PARAM_TX_NLC_LOWER,
	LPO_EQ_PARAM_TX_PRECODING,
	LPO_EQ_PARAM_TX_POLARITY,
	LPO_EQ_PARAM_RX_CTLE_DC,
	LPO_EQ_PARAM_RX_CTLE_LF,
	LPO_EQ_PARAM_RX_VGA,
	LPO_EQ_PARAM_RX_ECD_MLSE,
	LPO_EQ_PARAM_RX_REACH,
	LPO_EQ_PARAM_RX_PRECODING,
	LPO_EQ_PARAM_RX_POLARITY,

	/* private: */
	__LPO_EQ_PARAM_MAX,
	LPO_EQ_PARAM_MAX = (__LPO_EQ_PARAM_MAX - 1)
};

/**
 * enum lpo_unit - Unit of a number.
 * @LPO_UNIT_CODE: A code; what it means is up to the vendor.
 * @LPO_UNIT_RATIO: A ratio, without a unit.
 * @LPO_UNIT_MILLIDECIBEL: 1/1000 dB.
 * @LPO_UNIT_MILLIDEGREE_CELSIUS: 1/1000 degree Celsius.
 * @LPO_UNIT_MICROVOLT: Microvolt.
 * @LPO_UNIT_MILLIPERCENT: 1/1000 percent.
 * @LPO_UNIT_KILOHERTZ: Kilohertz.
 * @LPO_UNIT_FEMTOSECOND: Femtosecond.
 * @LPO_UNIT_MILLIDECIBEL_MILLIWATT: 1/1000 dBm.
 * @LPO_UNIT_PICOSECOND_PER_NANOMETRE: Picosecond per nanometre.
 * @LPO_UNIT_COUNT: A number of events.
 * @LPO_UNIT_RAW: The bytes of the register as a number.
 * @LPO_UNIT_MILLIVOLT: Millivolt.
 * @LPO_UNIT_PERCENT: Percent.
 * @LPO_UNIT_SWITCH: 0 off, 1 on.
 * @LPO_UNIT_MILLI_UNIT_INTERVAL: 1/1000 unit interval.
 */
enum lpo_unit {
	LPO_UNIT_CODE,
	LPO_UNIT_RATIO,
	LPO_UNIT_MILLIDECIBEL,
	LPO_UNIT_MILLIDEGREE_CELSIUS,
	LPO_UNIT_MICROVOLT,
	LPO_UNIT_MILLIPERCENT,
	LPO_UNIT_KILOHERTZ,
	LPO_UNIT_FEMTOSECOND,
	LPO_UNIT_MILLIDECIBEL_MILLIWATT,
	LPO_UNIT_PICOSECOND_PER_NANOMETRE,
	LPO_UNIT_COUNT,
	LPO_UNIT_RAW,
	LPO_UNIT_MILLIVOLT,
	LPO_UNIT_PERCENT,
	LPO_UNIT_SWITCH,
	LPO_UNIT_MILLI_UNIT_INTERVAL,

	/* private: */
	__LPO_UNIT_MAX,
	LPO_UNIT_MAX = (__LPO_UNIT_MAX - 1)
};

/**
 * enum lpo_agent_call - What is asked of an agent.
 * @LPO_AGENT_CALL_GET: The settings of lanes; answered by lane-eq.
 * @LPO_AGENT_CALL_VALIDATE: Would settings be taken? Without side effects.
 * @LPO_AGENT_CALL_SET: Put settings into force, of all lanes or of none.
 * @LPO_AGENT_CALL_PREPARE: Drive a valid signal on lanes; answered when they
 *   do.
 * @LPO_AGENT_CALL_QUIET: Lanes need not drive a signal.
 * @LPO_AGENT_CALL_READ: Readings of lanes, answered by lane-margin, and of the
 *   port, by codewords. Counts are those since the last answer.
 * @LPO_AGENT_CALL_MEASURE: Begin a measurement; answered at once, its end is
 *   told by agent-measured.
 * @LPO_AGENT_CALL_CANCEL: End the measurement now.
 */
enum lpo_agent_call {
	LPO_AGENT_CALL_GET,
	LPO_AGENT_CALL_VALIDATE,
	LPO_AGENT_CALL_SET,
	LPO_AGENT_CALL_PREPARE,
	LPO_AGENT_CALL_QUIET,
	LPO_AGENT_CALL_READ,
	LPO_AGENT_CALL_MEASURE,
	LPO_AGENT_CALL_CANCEL,

	/* private: */
	__LPO_AGENT_CALL_MAX,
	LPO_AGENT_CALL_MAX = (__LPO_AGENT_CALL_MAX - 1)
};

/**
 * enum lpo_agent_feature - Calls besides get and set that an agent answers.
 * @LPO_AGENT_FEATURE_VALIDATE: It answers validate.
 * @LPO_AGENT_FEATURE_DRIVE: It answers prepare and quiet.
 * @LPO_AGENT_FEATURE_READ: It answers read.
 * @LPO_AGENT_FEATURE_MEASURE: It answers measure and cancel.
 */
enum lpo_agent_feature {
	LPO_AGENT_FEATURE_VALIDATE = 1,
	LPO_AGENT_FEATURE_DRIVE = 2,
	LPO_AGENT_FEATURE_READ = 4,
	LPO_AGENT_FEATURE_MEASURE = 8,
};

/**
 * enum lpo_metric - What a receiver of the host measures, with the unit of its
 *   value.
 * @LPO_METRIC_SNR: Power of symbols by that of all that disturbs them at the
 *   slicer, 1/1000 dB.
 * @LPO_METRIC_EYE_HEIGHT: Of the smallest eye, microvolt.
 * @LPO_METRIC_EYE_WIDTH: Of the smallest eye, 1/1000 unit interval.
 * @LPO_METRIC_PRE_FEC_BER: Errors by bits since counting began, a ratio;
 *   absent as long as there were none.
 */
enum lpo_metric {
	LPO_METRIC_SNR,
	LPO_METRIC_EYE_HEIGHT,
	LPO_METRIC_EYE_WIDTH,
	LPO_METRIC_PRE_FEC_BER,

	/* private: */
	__LPO_METRIC_MAX,
	LPO_METRIC_MAX = (__LPO_METRIC_MAX - 1)
};

/**
 * enum lpo_vdm_side - Where an observable is measured.
 * @LPO_VDM_SIDE_MODULE: Of the module as a whole.
 * @LPO_VDM_SIDE_MEDIA: Media lanes.
 * @LPO_VDM_SIDE_HOST: Host lanes.
 */
enum lpo_vdm_side {
	LPO_VDM_SIDE_MODULE,
	LPO_VDM_SIDE_MEDIA,
	LPO_VDM_SIDE_HOST,

	/* private: */
	__LPO_VDM_SIDE_MAX,
	LPO_VDM_SIDE_MAX = (__LPO_VDM_SIDE_MAX - 1)
};

/**
 * enum lpo_vdm_statistic - What of the observable is told.
 * @LPO_VDM_STATISTIC_CURRENT: The value of now.
 * @LPO_VDM_STATISTIC_MINIMUM: The least since it was cleared.
 * @LPO_VDM_STATISTIC_MAXIMUM: The greatest since it was cleared.
 * @LPO_VDM_STATISTIC_AVERAGE: The mean since it was cleared.
 * @LPO_VDM_STATISTIC_TOTAL: Accumulated since it was cleared.
 */
enum lpo_vdm_statistic {
	LPO_VDM_STATISTIC_CURRENT,
	LPO_VDM_STATISTIC_MINIMUM,
	LPO_VDM_STATISTIC_MAXIMUM,
	LPO_VDM_STATISTIC_AVERAGE,
	LPO_VDM_STATISTIC_TOTAL,

	/* private: */
	__LPO_VDM_STATISTIC_MAX,
	LPO_VDM_STATISTIC_MAX = (__LPO_VDM_STATISTIC_MAX - 1)
};

/**
 * enum lpo_loopback - Loopbacks of the diagnostics pages (page 13h byte 128).
 * @LPO_LOOPBACK_MEDIA_OUTPUT: Media side output loopback.
 * @LPO_LOOPBACK_MEDIA_INPUT: Media side input loopback.
 * @LPO_LOOPBACK_HOST_OUTPUT: Host side output loopback.
 * @LPO_LOOPBACK_HOST_INPUT: Host side input loopback.
 * @LPO_LOOPBACK_HOST_PER_LANE: Loopbacks of the host side can be set lane by
 *   lane.
 * @LPO_LOOPBACK_MEDIA_PER_LANE: Loopbacks of the media side can be set lane by
 *   lane.
 * @LPO_LOOPBACK_SIMULTANEOUS: Both sides can be looped back at a time.
 */
enum lpo_loopback {
	LPO_LOOPBACK_MEDIA_OUTPUT = 1,
	LPO_LOOPBACK_MEDIA_INPUT = 2,
	LPO_LOOPBACK_HOST_OUTPUT = 4,
	LPO_LOOPBACK_HOST_INPUT = 8,
	LPO_LOOPBACK_HOST_PER_LANE = 16,
	LPO_LOOPBACK_MEDIA_PER_LANE = 32,
	LPO_LOOPBACK_SIMULTANEOUS = 64,
};

/**
 * enum lpo_diag_feature - What the diagnostics pages can report (page 13h byte
 *   130).
 * @LPO_DIAG_FEATURE_BER: Bit error ratio.
 * @LPO_DIAG_FEATURE_COUNTERS: Errors and bits.
 * @LPO_DIAG_FEATURE_HOST_SNR: Signal to noise ratio of host lanes.
 * @LPO_DIAG_FEATURE_MEDIA_SNR: Signal to noise ratio of media lanes.
 * @LPO_DIAG_FEATURE_HOST_FEC: FEC of the host side.
 * @LPO_DIAG_FEATURE_MEDIA_FEC: FEC of the media side.
 */
enum lpo_diag_feature {
	LPO_DIAG_FEATURE_BER = 1,
	LPO_DIAG_FEATURE_COUNTERS = 2,
	LPO_DIAG_FEATURE_HOST_SNR = 4,
	LPO_DIAG_FEATURE_MEDIA_SNR = 8,
	LPO_DIAG_FEATURE_HOST_FEC = 16,
	LPO_DIAG_FEATURE_MEDIA_FEC = 32,
};

enum {
	LPO_A_ID = 1,
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
	LPO_A_RESET,
	LPO_A_INSERT_COUNT,
	LPO_A_READ_CHUNK,
	LPO_A_AGE_MS,
	LPO_A_TIMESTAMP_NS,
	LPO_A_PAD,
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

	__LPO_A_MAX,
	LPO_A_MAX = (__LPO_A_MAX - 1)
};

enum {
	LPO_A_APPLICATION_APPSEL = 1,
	LPO_A_APPLICATION_HOST_INTERFACE,
	LPO_A_APPLICATION_MEDIA_INTERFACE,
	LPO_A_APPLICATION_HOST_LANES,
	LPO_A_APPLICATION_MEDIA_LANES,
	LPO_A_APPLICATION_HOST_ASSIGNMENT,
	LPO_A_APPLICATION_MEDIA_ASSIGNMENT,

	__LPO_A_APPLICATION_MAX,
	LPO_A_APPLICATION_MAX = (__LPO_A_APPLICATION_MAX - 1)
};

enum {
	LPO_A_ADVERT_MODULE_FEATURES = 1,
	LPO_A_ADVERT_TX_FEATURES,
	LPO_A_ADVERT_RX_FEATURES,
	LPO_A_ADVERT_BANKS,
	LPO_A_ADVERT_LENGTH_SMF_M,
	LPO_A_ADVERT_LENGTH_OM5_M,
	LPO_A_ADVERT_LENGTH_OM4_M,
	LPO_A_ADVERT_LENGTH_OM3_M,
	LPO_A_ADVERT_LENGTH_OM2_M,
	LPO_A_ADVERT_WAVELENGTH_PM,
	LPO_A_ADVERT_WAVELENGTH_TOLERANCE_PM,
	LPO_A_ADVERT_TEMPERATURE_MAX_MC,
	LPO_A_ADVERT_TEMPERATURE_MIN_MC,
	LPO_A_ADVERT_PROPAGATION_DELAY_NS,
	LPO_A_ADVERT_VOLTAGE_MIN_UV,
	LPO_A_ADVERT_TX_INPUT_CLOCKING,
	LPO_A_ADVERT_CDR_POWER_SAVED_MW,
	LPO_A_ADVERT_RX_AMPLITUDE_CODES,
	LPO_A_ADVERT_TX_INPUT_EQ_LIMIT,
	LPO_A_ADVERT_RX_OUTPUT_PRE_LIMIT,
	LPO_A_ADVERT_RX_OUTPUT_POST_LIMIT,
	LPO_A_ADVERT_RX_OUTPUT_EQ_TYPE,
	LPO_A_ADVERT_TX_SQUELCH_METHOD,
	LPO_A_ADVERT_TX_BIAS_SCALE,
	LPO_A_ADVERT_TX_EQ_RECALL_BUFFERS,
	LPO_A_ADVERT_MONITORS,
	LPO_A_ADVERT_AUX_KINDS,
	LPO_A_ADVERT_DURATION_DATAPATH_INIT_US,
	LPO_A_ADVERT_DURATION_DATAPATH_DEINIT_US,
	LPO_A_ADVERT_DURATION_TX_TURN_ON_US,
	LPO_A_ADVERT_DURATION_TX_TURN_OFF_US,
	LPO_A_ADVERT_DURATION_POWER_UP_US,
	LPO_A_ADVERT_DURATION_POWER_DOWN_US,
	LPO_A_ADVERT_DURATION_PAGE_CHANGE_US,
	LPO_A_ADVERT_MODSEL_WAIT_US,
	LPO_A_ADVERT_CDB_INSTANCES,
	LPO_A_ADVERT_CDB_EPL_PAGES,
	LPO_A_ADVERT_CDB_ACCESS_BYTES,
	LPO_A_ADVERT_CDB_BUSY_US,
	LPO_A_ADVERT_TX_POLARITY_INVERTED,
	LPO_A_ADVERT_RX_POLARITY_INVERTED,
	LPO_A_ADVERT_INACTIVE_FIRMWARE,
	LPO_A_ADVERT_MCI_SPEED_KHZ,

	__LPO_A_ADVERT_MAX,
	LPO_A_ADVERT_MAX = (__LPO_A_ADVERT_MAX - 1)
};

enum {
	LPO_A_MONITOR_ID = 1,
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
	LPO_A_MONITOR_PAD,
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

	__LPO_A_MONITOR_MAX,
	LPO_A_MONITOR_MAX = (__LPO_A_MONITOR_MAX - 1)
};

enum {
	LPO_A_SAMPLE_SENSOR = 1,
	LPO_A_SAMPLE_INDEX,
	LPO_A_SAMPLE_VALUE,
	LPO_A_SAMPLE_HIGH_ALARM,
	LPO_A_SAMPLE_LOW_ALARM,
	LPO_A_SAMPLE_HIGH_WARN,
	LPO_A_SAMPLE_LOW_WARN,
	LPO_A_SAMPLE_ACTIVE,
	LPO_A_SAMPLE_LATCHED,
	LPO_A_SAMPLE_ACCURACY,
	LPO_A_SAMPLE_ACCURACY_MDB,
	LPO_A_SAMPLE_MASKED,

	__LPO_A_SAMPLE_MAX,
	LPO_A_SAMPLE_MAX = (__LPO_A_SAMPLE_MAX - 1)
};

enum {
	LPO_A_PAGE_ID = 1,
	LPO_A_PAGE_BANK,
	LPO_A_PAGE_PAGE,
	LPO_A_PAGE_OFFSET,
	LPO_A_PAGE_LENGTH,
	LPO_A_PAGE_DATA,
	LPO_A_PAGE_ERROR,

	__LPO_A_PAGE_MAX,
	LPO_A_PAGE_MAX = (__LPO_A_PAGE_MAX - 1)
};

enum {
	LPO_A_FLAG_LANE_FLAG = 1,
	LPO_A_FLAG_MODULE_FLAG,
	LPO_A_FLAG_SENSOR,
	LPO_A_FLAG_INDEX,
	LPO_A_FLAG_VDM_INSTANCE,
	LPO_A_FLAG_THRESHOLD,
	LPO_A_FLAG_PRESENT,
	LPO_A_FLAG_LATCHED,
	LPO_A_FLAG_COUNT,
	LPO_A_FLAG_SEQUENCE,
	LPO_A_FLAG_PAD,
	LPO_A_FLAG_FIRST_NS,
	LPO_A_FLAG_LAST_NS,
	LPO_A_FLAG_MASKED,

	__LPO_A_FLAG_MAX,
	LPO_A_FLAG_MAX = (__LPO_A_FLAG_MAX - 1)
};

enum {
	LPO_A_FLAGS_ID = 1,
	LPO_A_FLAGS_LANE,
	LPO_A_FLAGS_SINCE,
	LPO_A_FLAGS_SEQUENCE,
	LPO_A_FLAGS_INSERT_COUNT,
	LPO_A_FLAGS_FLAG,
	LPO_A_FLAGS_AGE_MS,

	__LPO_A_FLAGS_MAX,
	LPO_A_FLAGS_MAX = (__LPO_A_FLAGS_MAX - 1)
};

enum {
	LPO_A_LANE_ID = 1,
	LPO_A_LANE_LANE,
	LPO_A_LANE_SUPPORTED,
	LPO_A_LANE_CONTROL,
	LPO_A_LANE_CONTROL_MASK,
	LPO_A_LANE_MASKED,
	LPO_A_LANE_TX_BIAS_MASKED,
	LPO_A_LANE_TX_POWER_MASKED,
	LPO_A_LANE_RX_POWER_MASKED,
	LPO_A_LANE_LANE_CONFIG,
	LPO_A_LANE_VALIDATE_ONLY,
	LPO_A_LANE_AGE_MS,

	__LPO_A_LANE_MAX,
	LPO_A_LANE_MAX = (__LPO_A_LANE_MAX - 1)
};

enum {
	LPO_A_DATAPATH_ID = 1,
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
	LPO_A_DATAPATH_ACTION,
	LPO_A_DATAPATH_AGE_MS,

	__LPO_A_DATAPATH_MAX,
	LPO_A_DATAPATH_MAX = (__LPO_A_DATAPATH_MAX - 1)
};

enum {
	LPO_A_EQ_ID = 1,
	LPO_A_EQ_LANE,
	LPO_A_EQ_SIDE,
	LPO_A_EQ_TAP,
	LPO_A_EQ_LANE_EQ,
	LPO_A_EQ_VALIDATE_ONLY,
	LPO_A_EQ_DEFAULTS,
	LPO_A_EQ_AGE_MS,
	LPO_A_EQ_LIMIT,
	LPO_A_EQ_CHANGING,
	LPO_A_EQ_HOT_ONLY,

	__LPO_A_EQ_MAX,
	LPO_A_EQ_MAX = (__LPO_A_EQ_MAX - 1)
};

enum {
	LPO_A_LIMIT_NAME = 1,
	LPO_A_LIMIT_PARAMS,
	LPO_A_LIMIT_MAGNITUDE,
	LPO_A_LIMIT_MIN_VALUE,
	LPO_A_LIMIT_MAX_VALUE,

	__LPO_A_LIMIT_MAX,
	LPO_A_LIMIT_MAX = (__LPO_A_LIMIT_MAX - 1)
};

enum {
	LPO_A_TAP_PARAM = 1,
	LPO_A_TAP_VALUE,
	LPO_A_TAP_MIN_VALUE,
	LPO_A_TAP_MAX_VALUE,
	LPO_A_TAP_STEP,
	LPO_A_TAP_UNIT,
	LPO_A_TAP_CODES,
	LPO_A_TAP_INITIAL_VALUE,
	LPO_A_TAP_READ_ONLY,

	__LPO_A_TAP_MAX,
	LPO_A_TAP_MAX = (__LPO_A_TAP_MAX - 1)
};

enum {
	LPO_A_HOST_ID = 1,
	LPO_A_HOST_NAME,
	LPO_A_HOST_LANES,
	LPO_A_HOST_MAP,
	LPO_A_HOST_PARAMS,
	LPO_A_HOST_DRIVING,
	LPO_A_HOST_ERROR,
	LPO_A_HOST_REASON,
	LPO_A_HOST_AGE_MS,

	__LPO_A_HOST_MAX,
	LPO_A_HOST_MAX = (__LPO_A_HOST_MAX - 1)
};

enum {
	LPO_A_READING_METRIC = 1,
	LPO_A_READING_UNIT,
	LPO_A_READING_VALUE,
	LPO_A_READING_EXPONENT,
	LPO_A_READING_LIMIT,
	LPO_A_READING_LIMIT_EXPONENT,
	LPO_A_READING_AGE_MS,

	__LPO_A_READING_MAX,
	LPO_A_READING_MAX = (__LPO_A_READING_MAX - 1)
};

enum {
	LPO_A_MARGIN_ID = 1,
	LPO_A_MARGIN_LANE,
	LPO_A_MARGIN_READING,
	LPO_A_MARGIN_SIGNAL,
	LPO_A_MARGIN_LOCK,
	LPO_A_MARGIN_SNR_SAMPLES,
	LPO_A_MARGIN_PAD,
	LPO_A_MARGIN_ERRORS,
	LPO_A_MARGIN_BITS,
	LPO_A_MARGIN_CODEWORDS,
	LPO_A_MARGIN_INTERVAL_MS,
	LPO_A_MARGIN_DURATION_MS,
	LPO_A_MARGIN_MEASURING,
	LPO_A_MARGIN_ERROR,
	LPO_A_MARGIN_AGE_MS,
	LPO_A_MARGIN_CODEWORDS_TOTAL,
	LPO_A_MARGIN_CODEWORDS_ERRORED,
	LPO_A_MARGIN_CODEWORDS_UNCORRECTABLE,
	LPO_A_MARGIN_STALE,

	__LPO_A_MARGIN_MAX,
	LPO_A_MARGIN_MAX = (__LPO_A_MARGIN_MAX - 1)
};

enum {
	LPO_A_AGENT_ID = 1,
	LPO_A_AGENT_NAME,
	LPO_A_AGENT_MAP,
	LPO_A_AGENT_PARAM,
	LPO_A_AGENT_LIMIT,
	LPO_A_AGENT_FEATURES,
	LPO_A_AGENT_DEADLINE_MS,
	LPO_A_AGENT_READ_MS,
	LPO_A_AGENT_REQUEST,
	LPO_A_AGENT_CALL,
	LPO_A_AGENT_LANES,
	LPO_A_AGENT_DURATION_MS,
	LPO_A_AGENT_LANE_EQ,
	LPO_A_AGENT_LANE_MARGIN,
	LPO_A_AGENT_PAD,
	LPO_A_AGENT_CODEWORDS,
	LPO_A_AGENT_ERROR,
	LPO_A_AGENT_LANE,
	LPO_A_AGENT_REASON,
	LPO_A_AGENT_CODEWORDS_TOTAL,
	LPO_A_AGENT_CODEWORDS_ERRORED,
	LPO_A_AGENT_CODEWORDS_UNCORRECTABLE,

	__LPO_A_AGENT_MAX,
	LPO_A_AGENT_MAX = (__LPO_A_AGENT_MAX - 1)
};

enum {
	LPO_A_NUMBER_VALUE = 1,
	LPO_A_NUMBER_EXPONENT,

	__LPO_A_NUMBER_MAX,
	LPO_A_NUMBER_MAX = (__LPO_A_NUMBER_MAX - 1)
};

enum {
	LPO_A_VDM_ID = 1,
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

	__LPO_A_VDM_MAX,
	LPO_A_VDM_MAX = (__LPO_A_VDM_MAX - 1)
};

enum {
	LPO_A_DIAG_ID = 1,
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
	LPO_A_DIAG_PATTERN,
	LPO_A_DIAG_HOST_BER,
	LPO_A_DIAG_MEDIA_BER,
	LPO_A_DIAG_HOST_SNR_MDB,
	LPO_A_DIAG_MEDIA_SNR_MDB,

	__LPO_A_DIAG_MAX,
	LPO_A_DIAG_MAX = (__LPO_A_DIAG_MAX - 1)
};

enum {
	LPO_A_LEASE_ID = 1,
	LPO_A_LEASE_OWNER,
	LPO_A_LEASE_PORTID,
	LPO_A_LEASE_HELD_MS,

	__LPO_A_LEASE_MAX,
	LPO_A_LEASE_MAX = (__LPO_A_LEASE_MAX - 1)
};

enum lpo_cmd {
	LPO_CMD_MODULE_GET = 1,
	LPO_CMD_MODULE_SET,
	LPO_CMD_MODULE_CREATE_NTF,
	LPO_CMD_MODULE_DELETE_NTF,
	LPO_CMD_MODULE_CHANGE_NTF,
	LPO_CMD_MONITOR_GET,
	LPO_CMD_MONITOR_NTF,
	LPO_CMD_ALARM_NTF,
	LPO_CMD_PAGE_GET,
	LPO_CMD_FLAGS_GET,
	LPO_CMD_LANE_GET,
	LPO_CMD_LANE_SET,
	LPO_CMD_LANE_CHANGE_NTF,
	LPO_CMD_DATAPATH_GET,
	LPO_CMD_DATAPATH_SET,
	LPO_CMD_DATAPATH_CHANGE_NTF,
	LPO_CMD_EQ_GET,
	LPO_CMD_EQ_SET,
	LPO_CMD_EQ_CHANGE_NTF,
	LPO_CMD_VDM_GET,
	LPO_CMD_DIAG_GET,
	LPO_CMD_DIAG_SET,
	LPO_CMD_LEASE_GET,
	LPO_CMD_LEASE_TAKE,
	LPO_CMD_LEASE_RELEASE,
	LPO_CMD_LEASE_CHANGE_NTF,
	LPO_CMD_HOST_GET,
	LPO_CMD_HOST_CHANGE_NTF,
	LPO_CMD_MARGIN_GET,
	LPO_CMD_MARGIN_START,
	LPO_CMD_MARGIN_STOP,
	LPO_CMD_MARGIN_NTF,
	LPO_CMD_AGENT_REGISTER,
	LPO_CMD_AGENT_UNREGISTER,
	LPO_CMD_AGENT_CALL_NTF,
	LPO_CMD_AGENT_ANSWER,
	LPO_CMD_AGENT_MEASURED,

	__LPO_CMD_MAX,
	LPO_CMD_MAX = (__LPO_CMD_MAX - 1)
};

#define LPO_MCGRP_CONFIG	"config"
#define LPO_MCGRP_ALARM		"alarm"
#define LPO_MCGRP_SAMPLE	"sample"

#endif /* _UAPI_LINUX_LPO_H */
