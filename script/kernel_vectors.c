// Calls every kernel on numbers that look random and writes what came out: for script/test-arm64 and script/sanitize.
//
// A line is a name, "bits" or "close", and numbers in hexadecimal. Behind "close" come pairs: a result, and how far it may
// be from that of another processor. Where a result is a sum of n terms that is 2 n 2^-24 times the sum of their sizes
// (2^-53 in float64; Higham 2002, equation 3.5, twice, once for each processor), computed here in float64; where it is a
// formula, the accuracy that the kernel's header promises, twice.

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "CVectorKernels.h"

static const double kSingle = 0x1p-23, kDouble = 0x1p-52;  // two units of roundoff
static uint64_t state = 88172645463325252u;

// Numbers of a generator that no kernel uses: Marsaglia 2003, "Xorshift RNGs".
static double next(void) {
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return (double)(state >> 11) * 0x1p-52 - 1;
}

static void *room(long bytes) {
  // Of the size that is asked for, so that a sanitizer sees the first byte behind it.
  void *found = malloc((size_t)bytes);
  if (!found) exit(3);
  return found;
}

static float *floats(long count, double scale) {
  float *x = room(count * 4);
  for (long i = 0; i < count; i++) x[i] = (float)(scale * next());
  return x;
}

static double *doubles(long count, double scale) {
  double *x = room(count * 8);
  for (long i = 0; i < count; i++) x[i] = scale * next();
  return x;
}

static void begin(const char *name, const char *kind) { printf("%s %s", name, kind); }
static void end(void) { printf("\n"); }
static void put(double value) { printf(" %a", value); }
static void close_to(double value, double far) { printf(" %a %a", value, far); }

static const long kSizes[] = {1, 2, 3, 7, 8, 9, 16, 17, 31, 64, 129, 300};
enum { kCount = sizeof kSizes / sizeof *kSizes };

static void random_numbers(void) {
  const sf_stream stream = {{0x12345678u, 0x9abcdef0u}, 5, 77, 3};
  for (int s = 0; s < kCount; s++) {
    const long n = kSizes[s];
    const uint32_t first = s % 2 ? 0xfffffff0u : 1000u * (uint32_t)s;  // across the end of the counter too
    uint64_t *words = room(n * 8);
    double *wide = room(n * 8);
    float *narrow = room(n * 4);
    sf_random_words(&stream, first, words, n);
    begin("sf_random_words", "bits");
    for (long i = 0; i < n; i++) printf(" %llx", (unsigned long long)words[i]);
    end();
    sf_uniforms(&stream, first, wide, n);
    begin("sf_uniforms", "bits");
    for (long i = 0; i < n; i++) put(wide[i]);
    end();
    sf_normals(&stream, first, wide, n);
    begin("sf_normals", "bits");
    for (long i = 0; i < n; i++) put(wide[i]);
    end();
    sf_normals_float(&stream, first, narrow, n);
    begin("sf_normals_float", "bits");
    for (long i = 0; i < n; i++) put(narrow[i]);
    end();
    free(words), free(wide), free(narrow);
  }
  const uint64_t words[] = {0, 1, ~0ull, 1ull << 63, 0x3fffffffffffffffull, 0x123456789abcdefull};
  begin("sf_normal_pair", "bits");
  for (int i = 0; i < 6; i++)
    for (int j = 0; j < 6; j++) {
      double pair[2];
      sf_normal_pair(words[i], words[j], pair);
      put(pair[0]), put(pair[1]);
    }
  end();
}

static void pairs(void) {
  for (int s = 0; s < kCount; s++)
    for (long d = 1; d <= 5; d += 2) {
      const long n = kSizes[s];
      double *point = doubles(d, 2), *axes = doubles(n * d, 100), *out = room(n * 8);
      begin("sf_distance_sum", "bits"), put(sf_distance_sum(point, axes, n, d)), end();
      sf_squared_distances(point, axes, n, d, out);
      begin("sf_squared_distances", "bits");
      for (long i = 0; i < n; i++) put(out[i]);
      end();
      free(point), free(axes), free(out);
    }
}

// Both ways of either factor, in a frame of larger rows, added to and multiplied by what is there.
static void products(void) {
  for (int s = 0; s < kCount; s++)
    for (int way = 0; way < 8; way++) {
      const long m = kSizes[s], k = kSizes[(s * 5 + way) % kCount], n = kSizes[(s * 7 + 3 * way) % kCount];
      const int across = way & 1, adds = way >> 1 & 1, multiplies = way >> 2 & 1;
      float *a = floats(m * k, 3), *b = floats(k * n, 3), *c = floats(m * n, 1), *times = floats(m * n, 2);
      const sf_matrix left = across ? (sf_matrix){a, 1, m} : (sf_matrix){a, k, 1};
      const sf_matrix right = across ? (sf_matrix){b, 1, k} : (sf_matrix){b, n, 1};
      double *size = room(m * n * 8);
      for (long i = 0; i < m; i++)
        for (long j = 0; j < n; j++) {
          double sum = adds ? fabs(c[i * n + j]) : 0;
          for (long l = 0; l < k; l++)
            sum += fabs((double)left.data[i * left.row + l * left.column] * right.data[l * right.row + j * right.column]);
          size[i * n + j] = sum * (multiplies ? fabs(times[i * n + j]) : 1);
        }
      sf_matrix_product(left, right, (sf_result){c, n, adds, multiplies ? times : NULL, 0}, m, n, k);
      begin("sf_matrix_product", "close");
      for (long i = 0; i < m * n; i++)
        close_to(multiplies ? times[i] : c[i], kSingle * (double)(k + 2) * size[i]);
      end();
      free(a), free(b), free(c), free(times), free(size);
    }
}

// How far values of an activation at u may be apart, without what is relative to them: tanh takes 1 - e, whose error stays
// where it is small, and GELU rounds the argument of its exponential four times.
static double activation_slack(int kind, double u, double value) {
  if (kind == SF_TANH) return 1e-6;
  const double inner = 2 * 0.7978845608 * (u + 0.044715 * u * u * u);
  return kind == SF_GELU ? 4 * kSingle * fmin(fabs(inner), 86) * fabs(value) : 0;
}

static void activations(void) {
  const float edges[] = {0, -0.0f, 1e-40f, -1e-40f, 80, -80, 200, -200, 1e30f, -1e30f};
  for (int kind = SF_SILU; kind <= SF_GELU; kind++)
    for (int s = 0; s < kCount; s++) {
      const long rows = 3, width = kSizes[s];
      float *z = floats(rows * width, 6), *again = room(rows * width * 4), *a = room(rows * width * 4);
      float *bias = floats(width, 1), *u = room(rows * width * 4);
      for (long i = 0; i < 10 && i < width; i++) z[i] = edges[i] - bias[i];
      memcpy(again, z, (size_t)(rows * width) * 4);
      for (long i = 0; i < rows * width; i++) u[i] = z[i] + bias[i % width];
      sf_activation_forward(kind, z, bias, a, rows, width);
      sf_activation_apply(kind, again, bias, rows, width);
      begin("sf_activation_forward", "close");
      // The largest relative error of the exponential is 4e-7; a slope has it at most four times.
      for (long i = 0; i < rows * width; i++) {
        const double slack = activation_slack(kind, u[i], a[i]);
        close_to(a[i], 2e-6 * fabs(a[i]) + slack + 1e-36);
        close_to(z[i], 4e-6 * (fabs(z[i]) + 1) + slack);
      }
      end();
      begin("sf_activation_apply", "close");
      for (long i = 0; i < rows * width; i++)
        close_to(again[i], 2e-6 * fabs(again[i]) + activation_slack(kind, u[i], again[i]) + 1e-36);
      end();
      free(z), free(again), free(a), free(bias), free(u);
    }
}

static void sums_and_features(void) {
  for (int s = 0; s < kCount; s++) {
    const long width = kSizes[s], rows = 5, stride = width + 2;
    float *x = floats(rows * stride, 4), *y = floats(rows * stride, 4), *sums = floats(width, 1);
    float *bias = floats(width, 1), *out = room(rows * stride * 4);
    double *size = room(width * 8);
    for (long j = 0; j < width; j++) {
      size[j] = fabs(sums[j]);
      for (long i = 0; i < rows; i++) size[j] += fabs(x[i * stride + j]);
    }
    sf_column_sums(x, sums, rows, width, stride, s % 2);
    begin("sf_column_sums", "close");
    for (long j = 0; j < width; j++) close_to(sums[j], kSingle * (double)rows * size[j]);
    end();
    sf_product(x, y, out, rows * stride);
    begin("sf_product", "bits");
    for (long i = 0; i < rows * stride; i++) put(out[i]);
    end();
    sf_add(x, y, rows * stride);
    sf_add_bias(y, bias, rows, width);
    begin("sf_add", "bits");
    for (long i = 0; i < rows * stride; i++) put(x[i]);
    end();
    begin("sf_add_bias", "bits");
    for (long i = 0; i < rows * width; i++) put(y[i]);
    end();
    free(x), free(y), free(sums), free(bias), free(out), free(size);

    const long dimension = 3, pairs = width, wide = dimension * (1 + 2 * pairs) + 1;
    float *lambda = floats(rows, 10), *omega = floats(pairs, 40), *waves = floats(rows * wide, 1);
    sf_wave_features(lambda, omega, waves, rows, pairs, wide);
    begin("sf_wave_features", "close");
    for (long i = 0; i < rows; i++)
      for (long j = 0; j < 2 * pairs; j++) close_to(waves[i * wide + j], 1e-6);
    end();
    for (long i = 0; i < rows * wide; i++) waves[i] = (float)(2 * next());
    sf_position_features(waves, dimension, omega, pairs, rows, wide);
    begin("sf_position_features", "close");
    for (long i = 0; i < rows * wide; i++) close_to(waves[i], 1e-6);
    end();
    free(lambda), free(omega), free(waves);
  }
}

static void optimisers(void) {
  for (int s = 0; s < kCount; s++) {
    const long n = kSizes[s];
    float *p = floats(n, 1), *first = floats(n, 0.1), *second = floats(n, 0.01), *g = floats(n, 1);
    float *average = floats(n, 1), *rest = floats(n, 1e-8), *centre = floats(n, 1);
    for (long i = 0; i < n; i++) second[i] = fabsf(second[i]);
    const sf_adam_settings settings = {0.01f, 0.9f, 0.999f, 1e-8f, 2, 30, 1e-4f, 0.5f};
    sf_adam(p, first, second, g, n, settings);
    begin("sf_adam", "close");
    // Ten operations; the step is at most rate sqrt(correction2) times a few.
    for (long i = 0; i < n; i++) {
      close_to(first[i], 4 * kSingle * (fabs(first[i]) + fabs(g[i])));
      close_to(second[i], 4 * kSingle * (second[i] + g[i] * g[i]));
      close_to(p[i], 10 * kSingle * (fabs(p[i]) + 1));
    }
    end();
    sf_momentum(p, first, g, n, 0.1f, 0.9f, 1e-3f, 0.7f);
    sf_descend(p, g, n, 0.05f);
    begin("sf_momentum", "close");
    for (long i = 0; i < n; i++) close_to(first[i], 16 * kSingle * (fabs(first[i]) + fabs(g[i]) + 1));
    end();
    begin("sf_descend", "close");
    for (long i = 0; i < n; i++) close_to(p[i], 32 * kSingle * (fabs(p[i]) + 1));
    end();
    double squares = 0;
    for (long i = 0; i < n; i++) squares += ((double)p[i] - centre[i]) * ((double)p[i] - centre[i]);
    begin("sf_squared_distance", "close");
    // The parameters differ by what stands above.
    close_to(sf_squared_distance(p, centre, n), (double)(n + 4) * kDouble * squares + 80 * kSingle * (squares + (double)n));
    end();
    sf_shrink(p, centre, n, 0.3f);
    begin("sf_shrink", "close");
    for (long i = 0; i < n; i++) close_to(p[i], 40 * kSingle * (fabs(p[i]) + 2));
    end();
    sf_average(average, rest, g, n, 0.001f);
    begin("sf_average", "close");
    // Compensated: the sum of both is right to about the square of the roundoff of one.
    for (long i = 0; i < n; i++) close_to((double)average[i] + rest[i], 8 * kSingle * 0.001 * (fabs(average[i]) + 2));
    end();
    free(p), free(first), free(second), free(g), free(average), free(rest), free(centre);
  }
}

static void mixtures(void) {
  for (long d = 1; d <= 9; d++)
    for (int s = 0; s < 4; s++) {
      const long lanes = SF_MIXTURE_LANES, components = lanes * (1 + 2 * s), count = kSizes[(d + 3 * s) % kCount];
      const long filled = (d + lanes - 1) / lanes * lanes;
      double *means = doubles(components * d, 2), *axes = room(filled * components * 8), *norms = room(components * 8);
      double *precision = room(components * 8), *factor = room(components * 8);
      float *single = room(components * d * 4);
      double largest = 0;
      memset(axes, 0, (size_t)(filled * components) * 8);
      for (long c = 0; c < components; c++) {
        norms[c] = 0;
        for (long axis = 0; axis < d; axis++) {
          const long at = (c / lanes * d + axis) * lanes + c % lanes;
          single[at] = (float)means[at];
          norms[c] += means[at] * means[at];
          axes[(axis / lanes * components + c) * lanes + axis % lanes] = means[at];
        }
        largest = fmax(largest, norms[c]);
        precision[c] = 1 + fabs(next());
        factor[c] = 2 * next();
      }
      const sf_mixture mixture = {d, components, means, d < 3 ? NULL : axes, d < 3 ? NULL : single, norms, largest, precision, factor};
      double *x = doubles(count * d, 5), *density = room(count * 8), *score = room(count * d * 8);
      double *work = room(sf_mixture_work(d, components) * 8);
      sf_isotropic_mixture(&mixture, x, count, work, density, score);
      begin("sf_isotropic_mixture", "close");
      // Log terms have sizes up to some 300 d, each a sum of d terms; the exponential has a few units.
      for (long i = 0; i < count; i++) {
        close_to(density[i], 300.0 * (double)(d * (d + 8)) * kDouble);
        for (long axis = 0; axis < d; axis++) close_to(score[i * d + axis], 3000.0 * (double)(d * (d + 8)) * kDouble);
      }
      end();
      if (d < 3) {
        double *terms = room(components * 8);
        sf_planar_terms(&mixture, x, terms);
        begin("sf_planar_terms", "close");
        for (long c = 0; c < components; c++) close_to(terms[c], 300.0 * 20 * kDouble);
        end();
        free(terms);
      }
      free(means), free(axes), free(norms), free(precision), free(factor), free(single);
      free(x), free(density), free(score), free(work);
    }
}

static void relu_networks(void) {
  for (int s = 0; s < kCount; s++) {
    const long neurons = kSizes[s], axes = 1 + s % 5, outputs = 1 + s % 3, rows = SF_RELU_LANES * (1 + s % 4);
    double *weights = doubles(neurons * axes, 1), *outer = doubles(neurons * outputs, 1), *x = doubles(axes * rows, 3);
    double *errors = doubles(outputs * rows, 1), *out = doubles(outputs * rows, 1), *gradient = room(neurons * axes * 8);
    const sf_relu_block block = {weights, outer, neurons, axes, outputs};
    sf_relu_outputs(block, x, rows, out);
    sf_relu_gradient(block, x, rows, errors, gradient);
    begin("sf_relu_outputs", "close");
    for (long i = 0; i < outputs * rows; i++) close_to(out[i], (double)((neurons + axes) * neurons * axes * 4) * kDouble);
    end();
    begin("sf_relu_gradient", "close");
    for (long i = 0; i < neurons * axes; i++) close_to(gradient[i], (double)((rows + outputs) * rows * outputs * 4) * kDouble);
    end();
    free(weights), free(outer), free(x), free(errors), free(out), free(gradient);
  }
}

int main(int count, char **words) {
  // Reads a number behind an array, which a sanitizer must find.
  if (count == 2 && strcmp(words[1], "beside") == 0) sf_add(floats(9, 1), floats(9, 1), 10);
  printf("vectors %s\n", sf_vectors());
  random_numbers();
  pairs();
  products();
  activations();
  sums_and_features();
  optimisers();
  mixtures();
  relu_networks();
  // A sum over as many lanes as the processor has, so it is no number to compare.
  const int is_finite = isfinite(sf_multiply_adds(3, 0.5f, 0.25f));
  return is_finite && sf_multiply_adds_a_round() > 0 && sf_available_processors() > 0 ? 0 : 3;
}
