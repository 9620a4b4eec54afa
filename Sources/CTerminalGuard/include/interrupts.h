#pragma once

// Makes SIGINT and SIGTERM set a flag instead of ending the process; a second one ends it.
void sf_watch_interrupts(void);

// The signal that arrived, or 0.
int sf_interrupted(void);

#include <stdio.h>

// Standard error; the C global is shared mutable state that Swift does not let through.
static inline FILE *sf_stderr(void) {
  return stderr;
}

// Standard output, for the same reason.
static inline FILE *sf_stdout(void) {
  return stdout;
}
