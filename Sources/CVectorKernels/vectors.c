// The instruction set that is used.

#include "kernels.h"

#include <stdlib.h>
#include <string.h>

#include "vectors.h"

int sf_widest_set = SF_BASELINE;

int sf_allowed_set(int has, const char *allowed) {
  if (allowed && strcmp(allowed, "baseline") == 0) return SF_BASELINE;
  if (allowed && strcmp(allowed, "avx2") == 0 && has > SF_AVX2) return SF_AVX2;
  return has;
}

// Before everything else that could ask: lower priorities are the compiler's own.
__attribute__((constructor(102))) static void find_widest_set(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  const int has = __builtin_cpu_supports("x86-64-v4")   ? SF_AVX512
                  : __builtin_cpu_supports("x86-64-v3") ? SF_AVX2
                                                        : SF_BASELINE;
  sf_widest_set = sf_allowed_set(has, getenv("SCOREFIELD_VECTORS"));
#endif
}

const char *sf_vectors(void) {
  return sf_widest_set >= SF_AVX512 ? "AVX-512" : sf_widest_set >= SF_AVX2 ? "AVX2" : "baseline";
}
