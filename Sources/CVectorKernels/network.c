#include "network_kernels.h"

#include <stdint.h>
#include <string.h>

#if defined(__x86_64__)
#define CLONED __attribute__((target_clones("arch=x86-64-v3", "default")))
#else
#define CLONED
#endif
#define INLINE static inline __attribute__((always_inline))

// Adding and subtracting 1.5 * 2^23 rounds to the nearest integer without a conversion
// instruction that would keep the loop scalar.
static const float kRound = 12582912.0f;

// exp(x) for |x| <= 87, relative error below 3e-7: 2^n * p(r), |r| <= ln(2)/2, Taylor to r^6.
INLINE float exp_core(float x) {
  const float shifted = x * 1.44269504f + kRound;
  const float n = shifted - kRound;
  const float r = (x - n * 0.693359375f) + n * 2.12194440e-4f;  // ln 2 in two parts
  float p = 1.3888889e-3f;
  p = p * r + 8.3333333e-3f;
  p = p * r + 4.1666667e-2f;
  p = p * r + 1.6666667e-1f;
  p = p * r + 0.5f;
  p = p * r + 1.0f;
  p = p * r + 1.0f;
  int32_t bits;
  memcpy(&bits, &shifted, 4);
  // The low bits of `shifted` hold n; moved into the exponent field they make 2^n.
  const int32_t scale = (int32_t)((uint32_t)(bits + 127) << 23);
  float factor;
  memcpy(&factor, &scale, 4);
  return p * factor;
}

// e^-z, with the exponent kept where float32 has both it and its reciprocal.
INLINE float exp_minus(float z) {
  float x = -z;
  x = x > 87.0f ? 87.0f : x;
  x = x < -87.0f ? -87.0f : x;
  return exp_core(x);
}

CLONED void sf_silu_forward(float *restrict z, const float *restrict bias, float *restrict a,
                            long rows, long width) {
  for (long i = 0; i < rows; i++) {
    float *restrict zi = z + i * width;
    float *restrict ai = a + i * width;
    for (long j = 0; j < width; j++) {
      const float u = zi[j] + bias[j];
      const float e = exp_minus(u);
      const float s = 1.0f / (1.0f + e);
      const float activation = u * s;
      ai[j] = activation;
      zi[j] = s + activation * (e * s);  // e s is 1 - s without the cancellation
    }
  }
}

CLONED void sf_silu_apply(float *restrict z, const float *restrict bias, long rows, long width) {
  for (long i = 0; i < rows; i++) {
    float *restrict zi = z + i * width;
    for (long j = 0; j < width; j++) {
      const float u = zi[j] + bias[j];
      zi[j] = u * (1.0f / (1.0f + exp_minus(u)));
    }
  }
}

CLONED void sf_multiply(float *restrict da, const float *restrict derivative, long count) {
  for (long i = 0; i < count; i++) da[i] *= derivative[i];
}

CLONED void sf_column_sums(const float *restrict x, float *restrict sums, long rows, long width,
                           int keep) {
  if (!keep) memset(sums, 0, (size_t)width * sizeof(float));
  for (long i = 0; i < rows; i++) {
    const float *restrict xi = x + i * width;
    for (long j = 0; j < width; j++) sums[j] += xi[j];
  }
}

// Sine of an angle already reduced to |x| <= pi, odd polynomial after folding to |x| <= pi/2.
INLINE float sine_reduced(float x) {
  const float half_pi = 1.57079633f;
  const float pi = 3.14159265f;
  x = x > half_pi ? pi - x : x;
  x = x < -half_pi ? -pi - x : x;
  const float y = x * x;
  float p = -2.3889859e-8f;
  p = p * y + 2.7525562e-6f;
  p = p * y - 1.9840874e-4f;
  p = p * y + 8.3333310e-3f;
  p = p * y - 1.6666667e-1f;
  return x + x * y * p;
}

INLINE float reduce_angle(float x) {
  const float turns = (x * 0.159154943f + kRound) - kRound;
  return ((x - turns * 6.28125f) - turns * 1.93500519e-3f) - turns * 3.01991598e-7f;
}

CLONED void sf_wave_features(const float *restrict lambda, const float *restrict omega,
                             float *restrict out, long rows, long pairs, long stride) {
  for (long i = 0; i < rows; i++) {
    const float value = lambda[i];
    float *restrict sines = out + i * stride;
    float *restrict cosines = sines + pairs;
    for (long k = 0; k < pairs; k++) {
      const float angle = reduce_angle(omega[k] * value);
      sines[k] = sine_reduced(angle);
      const float shifted = angle + 1.57079633f;
      cosines[k] = sine_reduced(shifted > 3.14159265f ? shifted - 6.28318531f : shifted);
    }
  }
}

INLINE float reciprocal_of_root(float second, float epsilon) {
  return 1.0f / (__builtin_elementwise_sqrt(second) + epsilon);
}

CLONED void sf_adam(float *restrict parameters, float *restrict first, float *restrict second,
                    float *restrict average, const float *restrict gradients, long lane_stride,
                    long lanes, long count, sf_adam_settings settings) {
  enum { kBlock = 512 };
  float gradient[kBlock];
  for (long start = 0; start < count; start += kBlock) {
    const long n = count - start < kBlock ? count - start : kBlock;
    memcpy(gradient, gradients + start, (size_t)n * sizeof(float));
    for (long lane = 1; lane < lanes; lane++) {
      const float *restrict other = gradients + lane * lane_stride + start;
      for (long i = 0; i < n; i++) gradient[i] += other[i];
    }
    float *restrict p = parameters + start;
    float *restrict m = first + start;
    float *restrict v = second + start;
    float *restrict average_block = average + start;
    for (long i = 0; i < n; i++) {
      const float g = gradient[i];
      m[i] = settings.beta1 * m[i] + (1.0f - settings.beta1) * g;
      v[i] = settings.beta2 * v[i] + (1.0f - settings.beta2) * g * g;
      p[i] -= settings.rate * (m[i] * settings.correction1) *
              reciprocal_of_root(v[i] * settings.correction2, settings.epsilon);
      average_block[i] += (1.0f - settings.average_decay) * (p[i] - average_block[i]);
    }
  }
}
