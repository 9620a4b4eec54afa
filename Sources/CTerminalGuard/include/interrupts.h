#pragma once

// Makes SIGINT and SIGTERM set a flag instead of ending the process; a second one ends it.
void sf_watch_interrupts(void);

// The signal that arrived, or 0.
int sf_interrupted(void);
