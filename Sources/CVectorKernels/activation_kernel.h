// The loops over activations for one instruction set; see each_set.h for what is defined here.
//
// Four vectors at a time: one takes some sixty cycles from load to store, and the processor's
// scheduler holds too few of them to fill that on its own (0.55 -> 0.41 ns a value with AVX2).

#define LOOPS(kind)                                                                       \
  SET static void NAME(kind##_forward)(float *restrict z, const float *restrict bias,     \
                                       float *restrict a, long rows, long width) {        \
    for (long i = 0; i < rows; i++) {                                                     \
      float *restrict zi = z + i * width;                                                 \
      float *restrict ai = a + i * width;                                                 \
      INTERLEAVED                                                                         \
      for (long j = 0; j < width; j++) {                                                  \
        const activation f = kind(zi[j] + bias[j]);                                       \
        ai[j] = f.value;                                                                  \
        zi[j] = f.slope;                                                                  \
      }                                                                                   \
    }                                                                                     \
  }                                                                                       \
  SET static void NAME(kind##_apply)(float *restrict z, const float *restrict bias,       \
                                     long rows, long width) {                             \
    for (long i = 0; i < rows; i++) {                                                     \
      float *restrict zi = z + i * width;                                                 \
      INTERLEAVED                                                                         \
      for (long j = 0; j < width; j++) zi[j] = kind(zi[j] + bias[j]).value;               \
    }                                                                                     \
  }
#define PRAGMA(text) _Pragma(#text)
#define INTERLEAVE(width) PRAGMA(clang loop vectorize_width(width) interleave_count(4))
#define INTERLEAVED INTERLEAVE(WIDTH)

LOOPS(silu)
LOOPS(relu)
LOOPS(hyperbolic)
LOOPS(gelu)

SET static void NAME(forward)(int kind, float *z, const float *bias, float *a, long rows,
                              long width) {
  switch (kind) {
    case SF_RELU: NAME(relu_forward)(z, bias, a, rows, width); return;
    case SF_TANH: NAME(hyperbolic_forward)(z, bias, a, rows, width); return;
    case SF_GELU: NAME(gelu_forward)(z, bias, a, rows, width); return;
    default: NAME(silu_forward)(z, bias, a, rows, width); return;
  }
}

SET static void NAME(apply)(int kind, float *z, const float *bias, long rows, long width) {
  switch (kind) {
    case SF_RELU: NAME(relu_apply)(z, bias, rows, width); return;
    case SF_TANH: NAME(hyperbolic_apply)(z, bias, rows, width); return;
    case SF_GELU: NAME(gelu_apply)(z, bias, rows, width); return;
    default: NAME(silu_apply)(z, bias, rows, width); return;
  }
}

#undef LOOPS
#undef PRAGMA
#undef INTERLEAVE
#undef INTERLEAVED
