#pragma once

// The number of processors in this process's affinity mask, at least 1; Swift's Glibc module
// leaves the call out.
long sf_available_processors(void);

// Says to the processor that this thread only waits: its neighbour on the core gets the units, and
// leaving the loop costs no mispredicted loads.
static inline void sf_pause(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}
