// The processor's limit on the arithmetic of the network.

#include "limit_kernels.h"

#include "kernels.h"

#define KERNEL "limit_kernel.h"
#include "each_set.h"

float sf_multiply_adds(long rounds, float factor, float addend) {
  return BEST(multiply_adds, rounds, factor, addend);
}

long sf_multiply_adds_a_round(void) { return BEST(operations); }

#if defined(__x86_64__)
static const char *vectors_v4(void) { return "AVX-512"; }
static const char *vectors_v3(void) { return "AVX2"; }
#endif
static const char *vectors_baseline(void) { return "baseline"; }

const char *sf_vectors(void) { return BEST(vectors); }
