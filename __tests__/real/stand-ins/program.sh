#!/bin/sh
# Stands in for a program: writes down how it was started, with its variables and with the files that Terraform reads.
{
  echo "$(basename "$0") $*"
  env | grep '^TF_VAR_' | sort
  for file in *.tf *.auto.tfvars.json; do
    if [ -f "$file" ]; then echo "$file: $(cat "$file")"; fi
  done
} >>"$STAND_IN_LOG"
