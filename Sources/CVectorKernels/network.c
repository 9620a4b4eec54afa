#include "network_kernels.h"

#include <string.h>

#include "kernels.h"

// Adding and subtracting 1.5 * 2^23 rounds to the nearest integer without a conversion
// instruction that would keep the loop scalar.
static const float kRound = 12582912.0f;

LOOP(void, sf_add, (float *restrict x, const float *restrict y, long count), (x, y, count)) {
  for (long i = 0; i < count; i++) x[i] += y[i];
}

LOOP(void, sf_add_bias,
     (float *restrict x, const float *restrict bias, long rows, long width),
     (x, bias, rows, width)) {
  if (width > 16 || 16 % width != 0) {
    for (long i = 0; i < rows; i++) {
      for (long j = 0; j < width; j++) x[i * width + j] += bias[j];
    }
    return;
  }
  // Narrow rows, such as points of the plane: a full vector holds the bias several times.
  float repeated[16];
  for (long k = 0; k < 16; k++) repeated[k] = bias[k % width];
  const long count = rows * width;
  long i = 0;
  for (; i + 16 <= count; i += 16) {
    for (long k = 0; k < 16; k++) x[i + k] += repeated[k];
  }
  for (long k = 0; i + k < count; k++) x[i + k] += repeated[k];
}

LOOP(void, sf_product,
     (const float *x, const float *restrict y, float *out, long count),
     (x, y, out, count)) {
  for (long i = 0; i < count; i++) out[i] = x[i] * y[i];
}

LOOP(void, sf_column_sums,
     (const float *restrict x, float *restrict sums, long rows, long width, long stride, int keep),
     (x, sums, rows, width, stride, keep)) {
  if (!keep) memset(sums, 0, (size_t)width * sizeof(float));
  for (long i = 0; i < rows; i++) {
    const float *restrict xi = x + i * stride;
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

LOOP(void, sf_wave_features,
     (const float *restrict lambda, const float *restrict omega, float *restrict out, long rows,
      long pairs, long stride),
     (lambda, omega, out, rows, pairs, stride)) {
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

LOOP(void, sf_position_features,
     (float *restrict input, long dimension, const float *restrict omega, long pairs, long rows,
      long stride),
     (input, dimension, omega, pairs, rows, stride)) {
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

LOOP(void, sf_adam,
     (float *restrict p, float *restrict m, float *restrict v, const float *restrict gradient, long
      count, sf_adam_settings s),
     (p, m, v, gradient, count, s)) {
  for (long i = 0; i < count; i++) {
    const float g = s.gradient_scale * gradient[i];
    m[i] = s.beta1 * m[i] + (1.0f - s.beta1) * g;
    v[i] = s.beta2 * v[i] + (1.0f - s.beta2) * g * g;
    const float root = __builtin_elementwise_sqrt(v[i] * s.correction2);
    p[i] -= s.rate * (m[i] * s.correction1) / (root + s.epsilon) + s.decay * p[i];
  }
}

LOOP(void, sf_momentum,
     (float *restrict p, float *restrict m, const float *restrict gradient, long count, float rate,
      float beta, float decay, float gradient_scale),
     (p, m, gradient, count, rate, beta, decay, gradient_scale)) {
  for (long i = 0; i < count; i++) {
    m[i] = beta * m[i] + gradient_scale * gradient[i] + decay * p[i];
    p[i] -= rate * m[i];
  }
}

LOOP(void, sf_descend,
     (float *restrict p, const float *restrict gradient, long count, float rate),
     (p, gradient, count, rate)) {
  for (long i = 0; i < count; i++) p[i] -= rate * gradient[i];
}

LOOP(double, sf_squared_distance,
     (const float *x, const float *centre, long count),
     (x, centre, count)) {
  double squares = 0;
  for (long i = 0; i < count; i++) {
    const double gap = centre ? (double)x[i] - (double)centre[i] : (double)x[i];
    squares += gap * gap;
  }
  return squares;
}

LOOP(void, sf_shrink,
     (float *restrict x, const float *restrict centre, long count, float factor),
     (x, centre, count, factor)) {
  if (!centre) {
    for (long i = 0; i < count; i++) x[i] *= factor;
    return;
  }
  for (long i = 0; i < count; i++) x[i] = centre[i] + factor * (x[i] - centre[i]);
}

// The rest of a sum, exact whatever the sizes: Knuth, The Art of Computer Programming, volume 2,
// section 4.2.2, theorem B. Without it a step below half a unit in the last place would be lost, and
// an average of slow decay stand still.
LOOP(void, sf_average,
     (float *restrict average, float *restrict rest, const float *restrict p, long count, float
      rate),
     (average, rest, p, count, rate)) {
  if (rate == 1.0f) {
    memcpy(average, p, (size_t)count * sizeof(float));
    memset(rest, 0, (size_t)count * sizeof(float));
    return;
  }
  for (long i = 0; i < count; i++) {
    const float step = rest[i] + rate * ((p[i] - average[i]) - rest[i]);
    const float sum = average[i] + step;
    const float taken = sum - average[i];
    rest[i] = (average[i] - (sum - taken)) + (step - taken);
    average[i] = sum;
  }
}
