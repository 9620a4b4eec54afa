// Cairo and its SVG surfaces; image surfaces and PNG are part of cairo.h.
#include <cairo-svg.h>
#include <cairo.h>
