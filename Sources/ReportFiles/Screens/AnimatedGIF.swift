import CGif
import TermPlot

/// Frames on their way into an animated GIF in memory, of each only what differs from the one before.
///
/// Source: CompuServe 1990, *Graphics Interchange Format, version 89a*; the block that plays it again and
/// again is Netscape's.
struct AnimatedGIF {
  private let width: Int
  private let height: Int
  private var palette: ColorPalette
  private let bytes = Bytes()
  private let file: UnsafeMutablePointer<GifFileType>
  /// The last frame, a place in the palette a pixel.
  private var last: [UInt8]?

  /// Bytes that the library hands over piece by piece.
  private final class Bytes {
    var values: [UInt8] = []
  }

  /// Starts a file.
  ///
  /// - Parameters:
  ///   - width: Pixels across, 1 to 65,535.
  ///   - height: Pixels down, 1 to 65,535.
  ///   - palette: The colours of all frames.
  init(width: Int, height: Int, palette: ColorPalette) {
    self.width = width
    self.height = height
    self.palette = palette
    var code: Int32 = 0
    let owner = Unmanaged.passUnretained(bytes).toOpaque()
    let append: OutputFunc = { file, data, count in
      guard let file, let data, let owner = file.pointee.UserData else { return 0 }
      let bytes = Unmanaged<Bytes>.fromOpaque(owner).takeUnretainedValue()
      bytes.values.append(contentsOf: UnsafeBufferPointer(start: data, count: Int(count)))
      return count
    }
    guard let file = EGifOpen(owner, append, &code) else {
      preconditionFailure("Memory for a GIF can be had.")
    }
    self.file = file
    EGifSetGifVersion(file, true)
    putHeader()
  }

  private func putHeader() {
    // A colour table has a power of two of colours.
    var bits: Int32 = 1
    while 1 << Int(bits) < palette.colors.count { bits += 1 }
    let colors = (0..<1 << Int(bits)).map { index in
      let color = index < palette.colors.count ? palette.colors[index] : RGB(0, 0, 0)
      return GifColorType(Red: color.red, Green: color.green, Blue: color.blue)
    }
    let map = GifMakeMapObject(Int32(colors.count), colors)
    check(EGifPutScreenDesc(file, Int32(width), Int32(height), bits, 0, map))
    GifFreeMapObject(map)
    check(EGifPutExtensionLeader(file, APPLICATION_EXT_FUNC_CODE))
    check(EGifPutExtensionBlock(file, 11, "NETSCAPE2.0"))
    // Sub-block 1, and 0 repeats for as many as the viewer likes.
    check(EGifPutExtensionBlock(file, 3, [1, 0, 0] as [UInt8]))
    check(EGifPutExtensionTrailer(file))
  }

  /// Adds a frame.
  ///
  /// - Parameters:
  ///   - pixels: 0xRRGGBB row by row, `width * height`.
  ///   - seconds: How long it stays.
  mutating func add(_ pixels: [UInt32], seconds: Double) {
    precondition(pixels.count == width * height, "A frame has every pixel.")
    // Most pixels are as the one before, and need no look into the palette.
    var (pixel, place) = (UInt32.max, UInt8(0))
    let frame = pixels.map { next in
      if next != pixel { (pixel, place) = (next, palette.place(of: next)) }
      return place
    }
    let (columns, rows) = changed(frame)
    last = frame
    let hundredths = UInt16(min(max(2, (100 * seconds).rounded()), 60_000))
    // Nothing is transparent, and a frame stays beneath the next.
    let control: [UInt8] = [1 << 2, UInt8(hundredths & 0xFF), UInt8(hundredths >> 8), 0]
    check(EGifPutExtension(file, GRAPHICS_EXT_FUNC_CODE, 4, control))
    check(
      EGifPutImageDesc(
        file, Int32(columns.lowerBound), Int32(rows.lowerBound), Int32(columns.count),
        Int32(rows.count), false, nil))
    for row in rows {
      var line = Array(frame[row * width + columns.lowerBound..<row * width + columns.upperBound])
      check(EGifPutLine(file, &line, Int32(line.count)))
    }
  }

  /// The rectangle outside which a frame is as the last one; a pixel where all of it is.
  private func changed(_ frame: [UInt8]) -> (columns: Range<Int>, rows: Range<Int>) {
    guard let last else { return (0..<width, 0..<height) }
    var (left, right, top, bottom) = (width, 0, height, 0)
    for row in 0..<height {
      for column in 0..<width where frame[row * width + column] != last[row * width + column] {
        (left, right) = (min(left, column), max(right, column + 1))
        (top, bottom) = (min(top, row), row + 1)
      }
    }
    return left < right ? (left..<right, top..<bottom) : (0..<1, 0..<1)
  }

  /// Ends the file.
  ///
  /// - Returns: All of it.
  consuming func finish() -> [UInt8] {
    var code: Int32 = 0
    check(EGifCloseFile(file, &code))
    return bytes.values
  }

  private func check(_ result: Int32) {
    precondition(result == GIF_OK, "Frames of a GIF in memory can be written.")
  }
}
