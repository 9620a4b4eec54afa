// What the kernels share: how a loop is compiled for more than one instruction set.
#pragma once

// For loops that the compiler vectorises by itself: a clone for AVX2 and FMA and one for the
// baseline, chosen when the program is loaded.
#if defined(__x86_64__)
#define CLONED __attribute__((target_clones("arch=x86-64-v3", "default")))
#else
#define CLONED
#endif

// A helper must become part of each clone, or it would be compiled for the baseline only.
#define INLINE static inline __attribute__((always_inline))

// Calls `f` as compiled for the best instruction set of this processor; see each_set.h.
#if defined(__x86_64__)
#define BEST(f, ...)                                        \
  (__builtin_cpu_supports("x86-64-v4")   ? f##_v4(__VA_ARGS__) \
   : __builtin_cpu_supports("x86-64-v3") ? f##_v3(__VA_ARGS__) \
                                         : f##_baseline(__VA_ARGS__))
#else
#define BEST(f, ...) f##_baseline(__VA_ARGS__)
#endif
