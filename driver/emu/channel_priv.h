/* SPDX-License-Identifier: GPL-2.0-only */
/* Between the files of the lane model. */
#ifndef LPO_EMU_CHANNEL_PRIV_H
#define LPO_EMU_CHANNEL_PRIV_H

#include "channel.h"

#define BAUD_MHZ		53125
#define SAMPLE_MHZ		(BAUD_MHZ * EMU_CHAN_OVERSAMPLING)

/* 2 pi log2(e), Q16 */
#define TWO_PI_LOG2_E		594065

#endif /* LPO_EMU_CHANNEL_PRIV_H */
