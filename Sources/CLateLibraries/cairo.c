// Cairo: figures and pictures of the screen as PDF, PNG and pixels.
#include <cairo/cairo-pdf.h>
#include <cairo/cairo.h>

#include "late.h"

static struct sf_late_library cairo = {"libcairo.so.2", "libcairo.so", 0};

#define CAIRO(result, name, parameters, arguments) SF_LATE(cairo, result, name, parameters, arguments)

// Contexts ----------------------------------------------------------------------------------

CAIRO(cairo_t *, cairo_create, (cairo_surface_t *surface), (surface))
CAIRO(void, cairo_destroy, (cairo_t *c), (c))
CAIRO(void, cairo_save, (cairo_t *c), (c))
CAIRO(void, cairo_restore, (cairo_t *c), (c))
CAIRO(void, cairo_translate, (cairo_t *c, double x, double y), (c, x, y))
CAIRO(void, cairo_rotate, (cairo_t *c, double angle), (c, angle))

// Ink ---------------------------------------------------------------------------------------

CAIRO(
    void, cairo_set_source_rgba, (cairo_t *c, double red, double green, double blue, double alpha),
    (c, red, green, blue, alpha))
CAIRO(void, cairo_set_line_width, (cairo_t *c, double width), (c, width))
CAIRO(void, cairo_set_line_cap, (cairo_t *c, cairo_line_cap_t cap), (c, cap))
CAIRO(void, cairo_set_line_join, (cairo_t *c, cairo_line_join_t join), (c, join))
CAIRO(
    void, cairo_set_dash, (cairo_t *c, const double *dashes, int count, double offset),
    (c, dashes, count, offset))

// Shapes ------------------------------------------------------------------------------------

CAIRO(void, cairo_new_path, (cairo_t *c), (c))
CAIRO(void, cairo_new_sub_path, (cairo_t *c), (c))
CAIRO(void, cairo_close_path, (cairo_t *c), (c))
CAIRO(void, cairo_move_to, (cairo_t *c, double x, double y), (c, x, y))
CAIRO(void, cairo_line_to, (cairo_t *c, double x, double y), (c, x, y))
CAIRO(
    void, cairo_rectangle, (cairo_t *c, double x, double y, double width, double height),
    (c, x, y, width, height))
CAIRO(
    void, cairo_arc, (cairo_t *c, double x, double y, double radius, double from, double to),
    (c, x, y, radius, from, to))
CAIRO(void, cairo_fill, (cairo_t *c), (c))
CAIRO(void, cairo_stroke, (cairo_t *c), (c))
CAIRO(void, cairo_paint, (cairo_t *c), (c))
CAIRO(void, cairo_clip, (cairo_t *c), (c))

// Text --------------------------------------------------------------------------------------

CAIRO(
    void, cairo_select_font_face,
    (cairo_t *c, const char *family, cairo_font_slant_t slant, cairo_font_weight_t weight),
    (c, family, slant, weight))
CAIRO(void, cairo_set_font_size, (cairo_t *c, double size), (c, size))
CAIRO(void, cairo_show_text, (cairo_t *c, const char *text), (c, text))
CAIRO(
    void, cairo_text_extents, (cairo_t *c, const char *text, cairo_text_extents_t *extents),
    (c, text, extents))

// Surfaces ----------------------------------------------------------------------------------

CAIRO(
    cairo_surface_t *, cairo_image_surface_create, (cairo_format_t format, int width, int height),
    (format, width, height))
CAIRO(unsigned char *, cairo_image_surface_get_data, (cairo_surface_t *surface), (surface))
CAIRO(int, cairo_image_surface_get_width, (cairo_surface_t *surface), (surface))
CAIRO(int, cairo_image_surface_get_height, (cairo_surface_t *surface), (surface))
CAIRO(int, cairo_image_surface_get_stride, (cairo_surface_t *surface), (surface))
CAIRO(
    void, cairo_surface_set_device_scale, (cairo_surface_t *surface, double x, double y),
    (surface, x, y))
CAIRO(void, cairo_surface_flush, (cairo_surface_t *surface), (surface))
CAIRO(void, cairo_surface_finish, (cairo_surface_t *surface), (surface))
CAIRO(void, cairo_surface_destroy, (cairo_surface_t *surface), (surface))
CAIRO(
    cairo_status_t, cairo_surface_write_to_png_stream,
    (cairo_surface_t *surface, cairo_write_func_t write, void *owner), (surface, write, owner))
CAIRO(
    cairo_surface_t *, cairo_pdf_surface_create_for_stream,
    (cairo_write_func_t write, void *owner, double width, double height),
    (write, owner, width, height))
CAIRO(
    void, cairo_pdf_surface_set_metadata,
    (cairo_surface_t *surface, cairo_pdf_metadata_t kind, const char *text), (surface, kind, text))
