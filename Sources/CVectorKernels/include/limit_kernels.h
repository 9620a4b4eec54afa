#pragma once

// Multiplies and adds in registers alone, `rounds` times sf_multiply_adds_a_round() operations of one
// number each: the most that this processor does in that time with the vectors that the other kernels
// have. Returns a number that depends on all of them.
float sf_multiply_adds(long rounds, float factor, float addend);

// Multiplications plus additions of a round.
long sf_multiply_adds_a_round(void);
