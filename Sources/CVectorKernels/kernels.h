// What the kernels share: how a function is compiled for more than one instruction set.
#pragma once

// The widest set that is used, found when the program starts: what the processor has and the
// variable SCOREFIELD_VECTORS ("avx2" or "baseline") allows. The number is the x in x86-64-vx.
enum { SF_BASELINE = 1, SF_AVX2 = 3, SF_AVX512 = 4 };
extern int sf_widest_set;

// A helper must become part of each version of a function, or it would be compiled for the baseline only.
#define INLINE static inline __attribute__((always_inline))

// For loops that the compiler vectorises by itself: a version for AVX2 and FMA and one for the baseline.
// The parameters and the arguments stand in parentheses.
#if defined(__x86_64__)
#define LOOP(type, name, parameters, arguments)                                        \
  INLINE type name##_any parameters;                                                   \
  __attribute__((target("arch=x86-64-v3"))) static type name##_for_v3 parameters {     \
    return name##_any arguments;                                                       \
  }                                                                                    \
  static type name##_for_baseline parameters { return name##_any arguments; }          \
  type name parameters {                                                               \
    return sf_widest_set >= SF_AVX2 ? name##_for_v3 arguments                          \
                                    : name##_for_baseline arguments;                   \
  }                                                                                    \
  INLINE type name##_any parameters
#else
#define LOOP(type, name, parameters, arguments) type name parameters
#endif

// Calls `f` as compiled for the best instruction set of this processor; see each_set.h.
#if defined(__x86_64__)
#define BEST(f, ...)                                            \
  (sf_widest_set >= SF_AVX512 ? f##_v4(__VA_ARGS__)             \
   : sf_widest_set >= SF_AVX2 ? f##_v3(__VA_ARGS__)             \
                              : f##_baseline(__VA_ARGS__))
#else
#define BEST(f, ...) f##_baseline(__VA_ARGS__)
#endif
