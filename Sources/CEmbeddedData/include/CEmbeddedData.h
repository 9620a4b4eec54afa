// Data that is part of the program, from binary files.
#ifndef C_EMBEDDED_DATA_H
#define C_EMBEDDED_DATA_H

#include <stddef.h>
#include <stdint.h>

/// The digits' images, one after the other, row by row, a byte a pixel from 0 to 16.
const uint8_t *sf_digit_pixels(size_t *count);

#endif
