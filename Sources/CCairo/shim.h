// Cairo and its PDF surfaces; image surfaces and PNG are part of cairo.h.
#include <cairo/cairo-pdf.h>
#include <cairo/cairo.h>
