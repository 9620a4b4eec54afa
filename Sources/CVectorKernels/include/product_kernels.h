// Single-precision matrix products of the sizes that a score network has.
#pragma once

// How a matrix lies in memory: the element (i, j) is at data[i * row + j * column].
typedef struct {
  const float *data;
  long row, column;
} sf_matrix;

// c = a b, or c += a b where `adds`; a is m x k, b is k x n, c is m x n with contiguous rows and
// overlaps neither. One of each factor's two steps is 1.
//
// Every element is one sum over k in order with fused multiply-adds, cut at multiples of 256, so
// that it depends neither on the rows and columns it is computed with nor, where the processor has
// such instructions, on the width of its vectors.
void sf_matrix_product(sf_matrix a, sf_matrix b, float *c, long m, long n, long k, int adds);
