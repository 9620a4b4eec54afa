#include "noising_kernels.h"

// See random.c.
#pragma STDC FP_CONTRACT OFF

#if defined(__x86_64__)
#define CLONED __attribute__((target_clones("arch=x86-64-v3", "default")))
#else
#define CLONED
#endif
#define INLINE static inline __attribute__((always_inline))

// The two functions differ in the type of the clean points alone. Dimensions 1 and 2 are named so
// that their loops over rows become vectors; the others' loops over coordinates do.
#define NOISE_ROWS(NAME, CLEAN)                                                                  \
  INLINE void NAME##_of(const CLEAN *restrict clean, const float *restrict noise,                \
                        const float *restrict alpha, const float *restrict sigma,                \
                        const float *restrict scale, float *restrict input, long rows,           \
                        long dimension, long stride) {                                           \
    for (long i = 0; i < rows; i++)                                                              \
      for (long j = 0; j < dimension; j++) {                                                     \
        const long from = i * dimension + j;                                                     \
        input[i * stride + j] =                                                                  \
            scale[i] * (alpha[i] * (float)clean[from] + sigma[i] * noise[from]);                 \
      }                                                                                          \
  }                                                                                              \
  CLONED void NAME(const CLEAN *restrict clean, const float *restrict noise,                     \
                   const float *restrict alpha, const float *restrict sigma,                     \
                   const float *restrict scale, float *restrict input, long rows,                \
                   long dimension, long stride) {                                                \
    if (dimension == 1) NAME##_of(clean, noise, alpha, sigma, scale, input, rows, 1, stride);    \
    else if (dimension == 2)                                                                     \
      NAME##_of(clean, noise, alpha, sigma, scale, input, rows, 2, stride);                      \
    else NAME##_of(clean, noise, alpha, sigma, scale, input, rows, dimension, stride);           \
  }

NOISE_ROWS(sf_noise_rows, double)
NOISE_ROWS(sf_noise_rows_float, float)
