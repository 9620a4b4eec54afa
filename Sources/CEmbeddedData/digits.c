#include "CEmbeddedData.h"

#pragma clang diagnostic ignored "-Wc23-extensions"
static const uint8_t pixels[] = {
#embed "digits.bin"
};

const uint8_t *sf_digit_pixels(size_t *count) {
  *count = sizeof pixels;
  return pixels;
}
