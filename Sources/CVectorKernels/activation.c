// The nonlinearities of the score network; formulas and sources stand in Activation.swift.

#include <stdint.h>
#include <string.h>

#include "kernels.h"
#include "network_kernels.h"

// e^-z, with the exponent kept where float32 has both it and its reciprocal; the largest relative
// error seen is 4e-7.
//
// z log2(e) = n + f with |f| <= 1/2. The polynomial has the least relative error for 2^f, 1.5e-7
// with rounded coefficients; its powers of two are added to the exponent.
INLINE float exp_minus(float z) {
  const float round = 12582912.0f;  // 1.5 * 2^23 rounds to an integer without a conversion
  const float log2_e = 1.44269502f, rest = 1.92596303e-8f;  // their sum has 48 bits
  z = z > 86.0f ? 86.0f : z;
  z = z < -86.0f ? -86.0f : z;
  const float shifted = z * -log2_e + round;
  const float n = shifted - round;
  const float f = z * -rest + (z * -log2_e - n);
  float p = 1.32764715e-3f;
  p = p * f + 9.67554133e-3f;
  p = p * f + 5.55071327e-2f;
  p = p * f + 2.40221197e-1f;
  p = p * f + 6.93146967e-1f;
  p = p * f + 1.00000007f;
  int32_t bits, power;
  memcpy(&bits, &p, 4);
  memcpy(&power, &shifted, 4);
  bits += (int32_t)((uint32_t)power << 23);
  memcpy(&p, &bits, 4);
  return p;
}

// Each nonlinearity gives its value and, where asked, its derivative; the compiler makes one loop
// of each.
typedef struct {
  float value, slope;
} activation;

INLINE activation silu(float u) {
  const float e = exp_minus(u);
  const float s = 1.0f / (1.0f + e);
  const float value = u * s;
  return (activation){value, s + value * (e * s)};  // e s is 1 - s without the cancellation
}

INLINE activation relu(float u) {
  return (activation){u > 0.0f ? u : 0.0f, u > 0.0f ? 1.0f : 0.0f};
}

// 1 - tanh(u)^2 = 4 e / (1 + e)^2 with e = exp(-2 u), which has no cancellation.
INLINE activation hyperbolic(float u) {
  const float e = exp_minus(2.0f * u);
  const float s = 1.0f / (1.0f + e);
  return (activation){(1.0f - e) * s, 4.0f * (e * s) * s};
}

INLINE activation gelu(float u) {
  const float c = 0.797884561f;
  const float inner = c * (u + 0.044715f * u * u * u);
  // u (1 + tanh(inner)) / 2 = u / (1 + exp(-2 inner)).
  const float e = exp_minus(2.0f * inner);
  const float s = 1.0f / (1.0f + e);
  const float value = u * s;
  return (activation){value, s + value * 2.0f * (e * s) * c * (1.0f + 0.134145f * u * u)};
}

#define KERNEL "activation_kernel.h"
#include "each_set.h"

void sf_activation_forward(int kind, float *z, const float *bias, float *a, long rows, long width) {
  BEST(forward, kind, z, bias, a, rows, width);
}

void sf_activation_apply(int kind, float *z, const float *bias, long rows, long width) {
  BEST(apply, kind, z, bias, rows, width);
}
