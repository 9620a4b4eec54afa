// Compiles the file named KERNEL once for each instruction set.
//
// In that file NAME(f) is f's name for the set, SET comes before each function, WIDTH is the number
// of floats in a vector and TILE_ROWS the rows of a tile of a matrix product: as many as leave
// room for two vectors of the other factor in the registers.

#if defined(__x86_64__)

// AVX-512. Clang would cut its vectors in two, for the sake of the first processors that had them,
// if the functions did not ask for 512 bits. A test asks for AVX2 in its place, where each vector is two.
#ifndef SF_V4_SET
#define SF_V4_SET __attribute__((target("arch=x86-64-v4"), min_vector_width(512)))
#endif
#define NAME(f) f##_v4
#define SET SF_V4_SET
#define WIDTH 16
#define TILE_ROWS 8
#include KERNEL
#undef NAME
#undef SET
#undef WIDTH
#undef TILE_ROWS

// AVX2 and FMA.
#define NAME(f) f##_v3
#define SET __attribute__((target("arch=x86-64-v3")))
#define WIDTH 8
#define TILE_ROWS 6
#include KERNEL
#undef NAME
#undef SET
#undef WIDTH
#undef TILE_ROWS

#endif

// What every processor of the architecture has.
#define NAME(f) f##_baseline
#define SET
#define WIDTH 4
#define TILE_ROWS 6
#include KERNEL
#undef NAME
#undef SET
#undef WIDTH
#undef TILE_ROWS

#undef KERNEL
