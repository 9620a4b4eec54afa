// The GIF library; its header needs size_t and is C99.
#include <gif_lib.h>
