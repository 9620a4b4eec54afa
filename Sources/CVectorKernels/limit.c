// The processor's limit on the arithmetic of the network.

#include "limit_kernels.h"

#include "kernels.h"

#define KERNEL "limit_kernel.h"
#include "each_set.h"

float sf_multiply_adds(long rounds, float factor, float addend) {
  return BEST(multiply_adds, rounds, factor, addend);
}

long sf_multiply_adds_a_round(void) { return BEST(operations); }
