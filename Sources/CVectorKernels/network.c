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

// Four vectors at a time: one takes some sixty cycles from load to store, and the processor's
// scheduler holds too few of them to fill that on its own (0.55 -> 0.41 ns a value).
#define INTERLEAVED _Pragma("clang loop interleave_count(4)")

#define FORWARD(name)                                                                \
  CLONED static void name##_forward(float *restrict z, const float *restrict bias,   \
                                    float *restrict a, long rows, long width) {      \
    for (long i = 0; i < rows; i++) {                                                \
      float *restrict zi = z + i * width;                                            \
      float *restrict ai = a + i * width;                                            \
      INTERLEAVED                                                                    \
      for (long j = 0; j < width; j++) {                                             \
        const activation f = name(zi[j] + bias[j]);                                  \
        ai[j] = f.value;                                                             \
        zi[j] = f.slope;                                                             \
      }                                                                              \
    }                                                                                \
  }                                                                                  \
  CLONED static void name##_apply(float *restrict z, const float *restrict bias,     \
                                  long rows, long width) {                           \
    for (long i = 0; i < rows; i++) {                                                \
      float *restrict zi = z + i * width;                                            \
      INTERLEAVED                                                                    \
      for (long j = 0; j < width; j++) zi[j] = name(zi[j] + bias[j]).value;          \
    }                                                                                \
  }

FORWARD(silu)
FORWARD(relu)
FORWARD(hyperbolic)
FORWARD(gelu)

void sf_activation_forward(int kind, float *z, const float *bias, float *a, long rows, long width) {
  switch (kind) {
    case SF_RELU: relu_forward(z, bias, a, rows, width); return;
    case SF_TANH: hyperbolic_forward(z, bias, a, rows, width); return;
    case SF_GELU: gelu_forward(z, bias, a, rows, width); return;
    default: silu_forward(z, bias, a, rows, width); return;
  }
}

void sf_activation_apply(int kind, float *z, const float *bias, long rows, long width) {
  switch (kind) {
    case SF_RELU: relu_apply(z, bias, rows, width); return;
    case SF_TANH: hyperbolic_apply(z, bias, rows, width); return;
    case SF_GELU: gelu_apply(z, bias, rows, width); return;
    default: silu_apply(z, bias, rows, width); return;
  }
}

CLONED void sf_add(float *restrict x, const float *restrict y, long count) {
  for (long i = 0; i < count; i++) x[i] += y[i];
}

CLONED void sf_product(const float *x, const float *restrict y, float *out, long count) {
  for (long i = 0; i < count; i++) out[i] = x[i] * y[i];
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

typedef struct {
  float sine, cosine;
} wave;

INLINE wave wave_of(float x) {
  const float angle = reduce_angle(x);
  const float shifted = angle + 1.57079633f;
  return (wave){sine_reduced(angle),
                sine_reduced(shifted > 3.14159265f ? shifted - 6.28318531f : shifted)};
}

CLONED void sf_wave_features(const float *restrict lambda, const float *restrict omega,
                             float *restrict out, long rows, long pairs, long stride) {
  for (long i = 0; i < rows; i++) {
    const float value = lambda[i];
    float *restrict sines = out + i * stride;
    float *restrict cosines = sines + pairs;
    for (long k = 0; k < pairs; k++) {
      const wave w = wave_of(omega[k] * value);
      sines[k] = w.sine;
      cosines[k] = w.cosine;
    }
  }
}

CLONED void sf_position_features(float *restrict input, long dimension,
                                 const float *restrict omega, long pairs, long rows, long stride) {
  for (long i = 0; i < rows; i++) {
    for (long axis = 0; axis < dimension; axis++) {
      const float value = input[i * stride + axis];
      float *restrict sines = input + i * stride + dimension + 2 * pairs * axis;
      for (long k = 0; k < pairs; k++) {
        const wave w = wave_of(omega[k] * value);
        sines[k] = w.sine;
        sines[pairs + k] = w.cosine;
      }
    }
  }
}

CLONED double sf_sum_lanes(float *restrict gradients, long lane_stride, long lanes, long count,
                           int wants_squares) {
  for (long lane = 1; lane < lanes; lane++) {
    const float *restrict other = gradients + lane * lane_stride;
    for (long i = 0; i < count; i++) gradients[i] += other[i];
  }
  double squares = 0;
  if (wants_squares) {
    for (long i = 0; i < count; i++) squares += (double)gradients[i] * (double)gradients[i];
  }
  return squares;
}

CLONED void sf_adam(float *restrict p, float *restrict m, float *restrict v,
                    const float *restrict gradient, long count, sf_adam_settings s) {
  for (long i = 0; i < count; i++) {
    const float g = s.gradient_scale * gradient[i];
    m[i] = s.beta1 * m[i] + (1.0f - s.beta1) * g;
    v[i] = s.beta2 * v[i] + (1.0f - s.beta2) * g * g;
    const float root = __builtin_elementwise_sqrt(v[i] * s.correction2);
    p[i] -= s.rate * (m[i] * s.correction1) / (root + s.epsilon) + s.decay * p[i];
  }
}

CLONED void sf_momentum(float *restrict p, float *restrict m, const float *restrict gradient,
                        long count, float rate, float beta, float decay, float gradient_scale) {
  for (long i = 0; i < count; i++) {
    m[i] = beta * m[i] + gradient_scale * gradient[i] + decay * p[i];
    p[i] -= rate * m[i];
  }
}

CLONED void sf_descend(float *restrict p, const float *restrict gradient, long count, float rate) {
  for (long i = 0; i < count; i++) p[i] -= rate * gradient[i];
}

CLONED void sf_average(float *restrict average, const float *restrict p, long count, float decay) {
  for (long i = 0; i < count; i++) average[i] += (1.0f - decay) * (p[i] - average[i]);
}
