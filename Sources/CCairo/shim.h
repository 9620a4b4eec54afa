// Cairo and its PDF surfaces; image surfaces and PNG are part of cairo.h.
#include <cairo-pdf.h>
#include <cairo.h>
