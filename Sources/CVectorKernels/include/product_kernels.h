// Single-precision matrix products of the sizes that a score network has.
#pragma once

// How a matrix lies in memory: the element (i, j) is at data[i * row + j * column].
typedef struct {
  const float *data;
  long row, column;
} sf_matrix;

// Where a product goes: the element (i, j) is at data[i * row + j].
typedef struct {
  float *data;
  long row;
  int adds;      // whether the product is added to what stands there
  float *times;  // null, or what is multiplied by the result in its place, laid out like it
  int is_spare;  // whether data need not hold the result afterwards: `times` is all that is wanted
} sf_result;

// c = a b, or c += a b where c adds, and then c's `times` *= c; a is m x k, b is k x n, c is m x n and
// overlaps neither, nor does `times`. One of each factor's two steps is 1.
//
// Every element is one sum over k in order with fused multiply-adds, begun with what stands there where
// c adds, so that it depends neither on the rows and columns it is computed with nor, where the processor has
// such instructions, on the width of its vectors.
void sf_matrix_product(sf_matrix a, sf_matrix b, sf_result c, long m, long n, long k);
