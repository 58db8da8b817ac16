#!/bin/bash
. ./lib.sh
lpo_run
