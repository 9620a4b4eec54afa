#pragma once

// Makes SIGINT and SIGTERM set a flag instead of ending the process; a second one ends it.
void sf_watch_interrupts(void);

// Makes SIGINT and SIGTERM set the flag and count up in an eventfd, which is returned, or -1; a
// third one ends the process.
int sf_interrupt_descriptor(void);

// The signal that arrived, or 0.
int sf_interrupted(void);
