#!/bin/sh
# Stands in for a program: writes down how it was started, with its variables and with the files that Terraform reads.
program=$(basename "$0")
{
  echo "$program $*"
  env | grep '^TF_VAR_' | sort
  for file in *.tf *.tfvars.json; do
    if [ -f "$file" ]; then echo "$file: $(cat "$file")"; fi
  done
} >>"$STAND_IN_LOG"
if [ "$program" != terraform ]; then exit; fi
# A saved plan says which job made it of which files.
case "$*" in
  init*) if [ ! -f .terraform.lock.hcl ]; then echo '# locked' >.terraform.lock.hcl; fi ;;
  plan*-out=tfplan*) echo "the plan of job $GITHUB_JOB, $(cat ./*.tf ./*.tfvars.json | cksum)" | tee tfplan ;;
  apply*tfplan*) echo "terraform applied $(cat tfplan)" >>"$STAND_IN_LOG" ;;
esac
