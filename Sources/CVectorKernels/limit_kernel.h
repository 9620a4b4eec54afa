// Chains of multiply-adds that wait for none of the others; included once per instruction set.

// More than the ten that two units with a latency of five have under way, and no more than fit into the
// registers.
#define CHAINS (2 * TILE_ROWS)

typedef float NAME(lanes) __attribute__((vector_size(4 * WIDTH)));

SET static float NAME(multiply_adds)(long rounds, float factor, float addend) {
  NAME(lanes) chain[CHAINS];
  // Chains of one value would be one chain to the compiler.
  for (int k = 0; k < CHAINS; k++) {
    for (int lane = 0; lane < WIDTH; lane++) chain[k][lane] = k * WIDTH + lane;
  }
  for (long round = 0; round < rounds; round++) {
#pragma clang loop unroll(full)
    for (int k = 0; k < CHAINS; k++) chain[k] = chain[k] * factor + addend;
  }
  float sum = 0;
  for (int k = 0; k < CHAINS; k++) {
    for (int lane = 0; lane < WIDTH; lane++) sum += chain[k][lane];
  }
  return sum;
}

SET static long NAME(operations)(void) { return 2L * CHAINS * WIDTH; }

#undef CHAINS
