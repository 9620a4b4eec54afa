import CCairo

/// A picture drawn by Cairo: PNG and PDF.
final class CairoCanvas: Canvas {
  let width: Double
  let height: Double
  private let context: OpaquePointer

  fileprivate init(_ surface: OpaquePointer, width: Double, height: Double) {
    self.width = width
    self.height = height
    context = cairo_create(surface)
  }

  deinit { cairo_destroy(context) }

  // MARK: - Ink

  func setColor(_ color: Ink.Color, opacity: Double) {
    cairo_set_source_rgba(context, color.red, color.green, color.blue, opacity)
  }

  func setStroke(width: Double, dash: [Double]) {
    cairo_set_line_width(context, width)
    cairo_set_dash(context, dash, Int32(dash.count), 0)
    cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
  }

  // MARK: - Shapes

  /// Fills the whole picture.
  func fillAll() { cairo_paint(context) }

  func fill(x: Double, y: Double, width: Double, height: Double) {
    cairo_rectangle(context, x, y, width, height)
    cairo_fill(context)
  }

  func strokeRectangle(x: Double, y: Double, width: Double, height: Double) {
    cairo_rectangle(context, x, y, width, height)
    cairo_stroke(context)
  }

  func line(_ points: [(x: Double, y: Double)]) {
    addPath(points)
    cairo_stroke(context)
  }

  func fillPolygon(_ points: [(x: Double, y: Double)]) {
    addPath(points)
    cairo_close_path(context)
    cairo_fill(context)
  }

  func disc(x: Double, y: Double, radius: Double) {
    cairo_new_sub_path(context)
    cairo_arc(context, x, y, radius, 0, 2 * Double.pi)
    cairo_fill(context)
  }

  func dots(_ places: [(x: Double, y: Double)], diameter: Double) {
    cairo_set_line_width(context, diameter)
    cairo_set_dash(context, nil, 0, 0)
    cairo_set_line_cap(context, CAIRO_LINE_CAP_ROUND)
    for place in places {
      // A path without length is its cap alone.
      cairo_move_to(context, place.x, place.y)
      cairo_line_to(context, place.x, place.y)
    }
    cairo_stroke(context)
    cairo_set_line_cap(context, CAIRO_LINE_CAP_BUTT)
  }

  private func addPath(_ points: [(x: Double, y: Double)]) {
    guard let first = points.first else { return }
    cairo_move_to(context, first.x, first.y)
    for point in points.dropFirst() { cairo_line_to(context, point.x, point.y) }
  }

  /// Draws with everything outside a rectangle left as it is.
  func clipped(x: Double, y: Double, width: Double, height: Double, _ draw: () -> Void) {
    cairo_save(context)
    cairo_rectangle(context, x, y, width, height)
    cairo_clip(context)
    draw()
    cairo_restore(context)
  }

  // MARK: - Text

  private(set) var fontSize = 12.0

  func setFont(size: Double, isBold: Bool) {
    fontSize = size
    cairo_select_font_face(
      context, "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL,
      isBold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL)
  }

  func advance(of text: String, scale: Double) -> Double {
    cairo_set_font_size(context, fontSize * scale)
    var extents = cairo_text_extents_t()
    cairo_text_extents(context, text, &extents)
    return extents.x_advance
  }

  func show(_ pieces: [MathText.Piece], x: Double, y: Double, isTurned: Bool) {
    cairo_save(context)
    cairo_translate(context, x, y)
    if isTurned { cairo_rotate(context, -Double.pi / 2) }
    var pen = 0.0
    for piece in pieces {
      let width = advance(of: piece.text, scale: piece.level.scale)
      cairo_move_to(context, pen, -piece.level.rise * fontSize)
      cairo_show_text(context, piece.text)
      pen += width
    }
    cairo_restore(context)
    cairo_new_path(context)
  }

  func showCells(
    _ glyphs: [(x: Double, glyph: Unicode.Scalar)], y: Double, size: Double, isBold: Bool
  ) {
    cairo_select_font_face(
      context, "DejaVu Sans Mono", CAIRO_FONT_SLANT_NORMAL,
      isBold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL)
    cairo_set_font_size(context, size)
    for (x, glyph) in glyphs where glyph != " " {
      cairo_move_to(context, x, y)
      cairo_show_text(context, String(Character(glyph)))
    }
    cairo_new_path(context)
  }
}

// MARK: - Files

/// Bytes that Cairo hands over piece by piece.
private final class Bytes {
  var values: [UInt8] = []

  static let append: cairo_write_func_t = { owner, data, count in
    guard let owner, let data else { return CAIRO_STATUS_WRITE_ERROR }
    let bytes = Unmanaged<Bytes>.fromOpaque(owner).takeUnretainedValue()
    bytes.values.append(contentsOf: UnsafeBufferPointer(start: data, count: Int(count)))
    return CAIRO_STATUS_SUCCESS
  }
}

extension CairoCanvas {
  /// A canvas that only measures text.
  static func ruler() -> CairoCanvas {
    let surface = cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1)
    // The context keeps the surface.
    defer { cairo_surface_destroy(surface) }
    guard let surface else { preconditionFailure(noSurface) }
    return CairoCanvas(surface, width: 1, height: 1)
  }

  /// A picture as a PDF file of one page, of the given size in points.
  static func pdf(width: Double, height: Double, _ draw: (any Canvas) -> Void) -> [UInt8] {
    let bytes = Bytes()
    let owner = Unmanaged.passUnretained(bytes).toOpaque()
    guard let surface = cairo_pdf_surface_create_for_stream(Bytes.append, owner, width, height)
    else { preconditionFailure(noSurface) }
    // The same figure is the same file.
    cairo_pdf_surface_set_metadata(
      surface, CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00Z")
    draw(CairoCanvas(surface, width: width, height: height))
    cairo_surface_finish(surface)
    cairo_surface_destroy(surface)
    return bytes.values
  }

  /// A picture as a PNG file with `scale` pixels a point; empty where there is no memory for it.
  static func png(
    width: Double, height: Double, scale: Double, _ draw: (any Canvas) -> Void
  ) -> [UInt8] {
    let surface = image(width: width, height: height, scale: scale, draw)
    let bytes = Bytes()
    let owner = Unmanaged.passUnretained(bytes).toOpaque()
    let status = cairo_surface_write_to_png_stream(surface, Bytes.append, owner)
    cairo_surface_destroy(surface)
    return status == CAIRO_STATUS_SUCCESS ? bytes.values : []
  }

  /// A picture as pixels, 0xRRGGBB row by row, `scale` of them a point; empty where there is no
  /// memory for them.
  static func pixels(
    width: Double, height: Double, scale: Double, _ draw: (any Canvas) -> Void
  ) -> [UInt32] {
    let surface = image(width: width, height: height, scale: scale, draw)
    defer { cairo_surface_destroy(surface) }
    cairo_surface_flush(surface)
    guard let data = cairo_image_surface_get_data(surface) else { return [] }
    let columns = Int(cairo_image_surface_get_width(surface))
    let stride = Int(cairo_image_surface_get_stride(surface))
    return (0..<Int(cairo_image_surface_get_height(surface))).flatMap { row in
      let start = UnsafeRawPointer(data + row * stride)
      return (0..<columns).map {
        start.loadUnaligned(fromByteOffset: 4 * $0, as: UInt32.self) & 0xFF_FFFF
      }
    }
  }

  private static func image(
    width: Double, height: Double, scale: Double, _ draw: (any Canvas) -> Void
  ) -> OpaquePointer {
    let size = (Int32((width * scale).rounded()), Int32((height * scale).rounded()))
    guard let surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, size.0, size.1) else {
      preconditionFailure(noSurface)
    }
    cairo_surface_set_device_scale(surface, scale, scale)
    draw(CairoCanvas(surface, width: width, height: height))
    return surface
  }

  private static let noSurface = "Cairo returns a surface, if only one in an error state."
}
