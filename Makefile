# SPDX-License-Identifier: GPL-2.0-only
#
# Entry points. The kernel's build system does not read this file: it takes Kbuild.

VERSION := 0.1.0

KDIR ?= /lib/modules/$(shell uname -r)/build
PREFIX ?= /usr/local
DESTDIR ?=

BUILD := $(CURDIR)/build

# Quiet as Kbuild is; V=1 shows the commands.
Q := $(if $(filter 1,$(V)),,@)
quiet = @echo "  $(1)"
MAKEFLAGS += --no-print-directory
JOBS = $(if $(filter -j%,$(MAKEFLAGS)),,-j$(shell nproc))

help:
	@echo 'Out of the box, on Debian 12 as root:'
	@echo '  demo          build, boot QEMU with two emulated modules, show them (IMAGE=file: your dump;'
	@echo '                QEMU_DEVICE=1: modules outside of the guest)'
	@echo '  check         all fast tests; the last line counts them'
	@echo '  check-debug   all tests that need a kernel on an instrumented one (20 minutes, first 30)'
	@echo '  fuzz          all fuzzers, FUZZ_SECONDS (60) each; half an hour, the first time one'
	@echo '  in-tree       rehearse the move into a 6.12 source tree (15 minutes); S="STEP...": only those'
	@echo '  bench         figures beside those of other tools'
	@echo '  vm            a shell in QEMU with the build inside (K=6.1, 6.12 or debug)'
	@echo 'Build:'
	@echo '  modules       kernel modules for KDIR (default: the running kernel); W=1 C=1 pass through'
	@echo '  modules-6.1   the same for the kernel of Debian 12, without installing it'
	@echo '  modules-6.12  the same for its 6.12'
	@echo '  modules-debug the same for an instrumented 6.12, built first (once, 10 to 30 minutes)'
	@echo '  tools         liblpo, lpoctl and lpo-agent'
	@echo '  selftests     kselftest collection, into build/selftests/install'
	@echo '  clean         remove build/'
	@echo 'Install (DESTDIR=, PREFIX=$(PREFIX)):'
	@echo '  install           lpoctl, lpo-agent, liblpo, man pages, completion, presets'
	@echo '  modules_install   kernel modules of KDIR'
	@echo '  dkms-install      sources for DKMS, which builds them for each kernel'

# ---- kernel modules ----
#
# Each kernel gets a copy of the sources in build/<release>: 6.1 cannot build outside of
# the sources, and two kernels must not share objects. Only what changed is copied.

KSOURCES := Kbuild driver uapi
PRODUCTS := *.o *.ko *.mod *.mod.c .*.cmd *.symvers modules.order .*.d .tmp_* *.i *.lst

# Not kernel.release, which Debian's headers have without the flavour.
release_of = $(shell sed -n 's/.*UTS_RELEASE "\(.*\)".*/\1/p' \
	$(1)/include/generated/utsrelease.h 2>/dev/null)
# $(1): KDIR, $(2): target, $(3): more arguments
kbuild = $(MAKE) $(JOBS) -C $(1) M=$(BUILD)/$(call release_of,$(1)) $(3) $(2)
sync = mkdir -p $(BUILD)/$(1) && rsync -a --delete $(foreach p,$(PRODUCTS),--filter='P $(p)') \
	$(wildcard $(KSOURCES)) $(BUILD)/$(1)/

modules:
	$(if $(call release_of,$(KDIR)),,$(error $(KDIR) is no prepared kernel; set KDIR=, or see "make help"))
	$(Q)$(call sync,$(call release_of,$(KDIR)))
	$(Q)+$(call kbuild,$(KDIR),modules)

modules_install:
	$(Q)+$(call kbuild,$(KDIR),modules_install,INSTALL_MOD_PATH=$(DESTDIR) CONFIG_MODULE_SIG_ALL=)

# These headers have no vmlinux to make BTF with, which is a message a module.
modules-6.1 modules-6.12 modules-debug: modules-%:
	$(Q)kdir=$$(tools/vm/kernel $* headers) && \
	$(MAKE) modules KDIR=$$kdir CONFIG_DEBUG_INFO_BTF_MODULES=

# ---- user space ----

ifneq ($(wildcard tools/Makefile),)
tools:
	$(Q)$(MAKE) $(JOBS) -C tools O=$(BUILD)/tools VERSION=$(VERSION)

install: tools
	$(Q)$(MAKE) -C tools O=$(BUILD)/tools VERSION=$(VERSION) DESTDIR=$(DESTDIR) PREFIX=$(PREFIX) install
else
tools install:
	$(call quiet,SKIP    $@: there is no tools/Makefile)
endif

ifneq ($(wildcard selftests/Makefile),)
selftests:
	$(Q)$(MAKE) $(JOBS) -C selftests O=$(BUILD)/selftests \
		INSTALL_PATH=$(BUILD)/selftests/install install
else
selftests:
	$(call quiet,SKIP    $@: there is no selftests/Makefile)
endif

# ---- DKMS ----

DKMS_DIR := $(DESTDIR)/usr/src/lpo-$(VERSION)

dkms-install:
	$(call quiet,INSTALL $(DKMS_DIR))
	$(Q)mkdir -p $(DKMS_DIR)
	$(Q)cp -r $(wildcard $(KSOURCES)) COPYING LICENSES $(DKMS_DIR)/
	$(Q)sed 's/#MODULE_VERSION#/$(VERSION)/' dkms.conf > $(DKMS_DIR)/dkms.conf
ifeq ($(DESTDIR),)
	$(Q)dkms status lpo/$(VERSION) | grep -q . || dkms add lpo/$(VERSION)
	$(Q)dkms install --force lpo/$(VERSION)
endif

# ---- QEMU ----

K ?= 6.12

vm: modules-$(K) tools
	$(Q)tools/vm/run -k $(K)

demo:
	$(Q)tools/setup/deps build vm
	$(Q)$(MAKE) modules-6.12 tools
ifneq ($(IMAGE),)
	$(Q)rm -rf $(BUILD)/demo && mkdir -p $(BUILD)/demo
	$(Q)if grep -aqx '# format: module-hex-1' '$(IMAGE)'; then \
		cp '$(IMAGE)' $(BUILD)/demo/image; else \
		$(BUILD)/tools/lpoctl decode '$(IMAGE)' --hex $(BUILD)/demo/image; fi
endif
ifneq ($(QEMU_DEVICE),)
	$(Q)tools/vm/run -k 6.12 -c LPO_NOLOAD \
		--vhost="$(if $(IMAGE),-n 1 -i $(BUILD)/demo/image,-n 2 -i 2x400g-fr4-lpo -i 800g-dr8-lpo)" \
		-- /usr/lib/lpo/demo-device
else ifneq ($(IMAGE),)
	$(Q)tools/vm/run -k 6.12 -a $(BUILD)/demo -- /usr/lib/lpo/demo /extra/image
else
	$(Q)tools/vm/run -k 6.12 -- /usr/lib/lpo/demo
endif

check:
	$(Q)tools/setup/deps
	$(Q)tools/check/run

check-debug:
	$(Q)tools/setup/deps build vm check debug
	$(Q)tools/check/run debug

FUZZ_SECONDS ?= 60

fuzz:
	$(Q)tools/setup/deps build vm check debug
	$(Q)tools/check/fuzz $(FUZZ_SECONDS)

in-tree:
	$(Q)tools/setup/deps build check debug in-tree
	$(Q)tools/in-tree/run $(S)

bench:
	$(Q)tools/setup/deps build vm bench
	$(Q)tools/bench/run

clean:
	$(Q)rm -rf $(BUILD)

.PHONY: help modules modules_install modules-6.1 modules-6.12 modules-debug tools selftests install \
	dkms-install vm demo check check-debug fuzz in-tree bench clean
