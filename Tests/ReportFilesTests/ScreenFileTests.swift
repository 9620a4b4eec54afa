import Foundation
import TermPlot
import TestSupport
import Testing

@testable import ReportFiles

/// Screens as pictures.
@Suite struct ScreenFileTests {
  private static func screen(_ draw: (inout TermPlot.Canvas) -> Void) -> TermPlot.Canvas {
    var canvas = TermPlot.Canvas(size: Size(columns: 8, rows: 4))
    draw(&canvas)
    return canvas
  }

  private static func svg(_ draw: (inout TermPlot.Canvas) -> Void) -> String {
    String(decoding: ScreenFile.svg(screen(draw), .builtIn), as: UTF8.self)
  }

  private static func hex(_ role: StyleRole) -> UInt32 {
    let color = Theme.builtIn.color(of: .role(role))
    return UInt32(color.red) << 16 | UInt32(color.green) << 8 | UInt32(color.blue)
  }

  @Test("Words are text in an SVG, each glyph in its cell; dots, blocks and lines are shapes")
  func svg() {
    let words = Self.svg { $0.write("a<b", x: 2, y: 1, style: Style(.error)) }
    #expect(words.contains("x=\"17 25.5 34\"") && words.contains(">a&lt;b</text>"))
    // Dots 1 and 8, a quarter of the cell from its sides.
    let dots = Self.svg { $0[1, 0] = Cell("⢁") }
    #expect(dots.contains("M10.63 2.13h0M14.88 14.88h0") && !dots.contains("<text"))
    let block = Self.svg { $0[0, 0] = Cell("▄") }
    #expect(block.contains("x=\"0\" y=\"8.5\" width=\"8.5\" height=\"8.5\""))
    let corner = Self.svg { $0[0, 0] = Cell("┌") }
    #expect(corner.contains("4.25,8.5 8.5,8.5") && corner.contains("4.25,8.5 4.25,17"))
    #expect(!corner.contains("<text"))
  }

  @Test("The pixels of a filled cell have the colour of its ink, those around it the background's")
  func pixels() {
    let screen = Self.screen {
      $0[3, 2] = Cell("█", Style(.error))
      $0[5, 2] = Cell(" ", Style(.text, on: .good))
      $0[6, 2] = Cell(" ", Style(.warning, attributes: .reverse))
    }
    let drawing = ScreenDrawing(screen: screen, theme: .builtIn)
    let pixels = CairoCanvas.pixels(width: 68, height: 68, scale: 1) { drawing.draw(on: $0) }
    func pixel(column: Int, row: Int) -> UInt32 {
      pixels[(17 * row + 8) * 68 + Int(8.5 * Double(column)) + 4]
    }
    #expect(pixel(column: 3, row: 2) == Self.hex(.error))
    #expect(pixel(column: 5, row: 2) == Self.hex(.good))
    #expect(pixel(column: 6, row: 2) == Self.hex(.warning))
    #expect(pixel(column: 0, row: 0) == Self.hex(.background))
  }

  @Test("A PNG has 17 x 34 pixels a cell, and the same screen gives the same file")
  func png() {
    let screen = Self.screen { $0.write("step 5", x: 0, y: 0) }
    let bytes = ScreenFile.png(screen, .builtIn)
    #expect(bytes == ScreenFile.png(screen, .builtIn))
    func number(_ at: Int) -> Int { bytes[at..<at + 4].reduce(0) { $0 << 8 | Int($1) } }
    #expect((number(16), number(20)) == (17 * 8, 34 * 4))
  }

  @Test("Of more than 256 colours 256 are taken that leave no other far away")
  func palette() {
    let steps = (0..<12).map { UInt8($0 * 20) }
    var cube: Set<RGB> = []
    for red in steps {
      for green in steps {
        for blue in steps { cube.insert(RGB(red, green, blue)) }
      }
    }
    var palette = ColorPalette(cube)
    #expect(palette.colors.count == 256)
    for color in cube {
      let value = UInt32(color.red) << 16 | UInt32(color.green) << 8 | UInt32(color.blue)
      let near = palette.colors[Int(palette.place(of: value))]
      let gap = max(
        abs(Int(near.red) - Int(color.red)), abs(Int(near.green) - Int(color.green)),
        abs(Int(near.blue) - Int(color.blue)))
      // Twelve steps of 20 along each axis: 1728 colours for 256 places of about 7 each.
      #expect(gap <= 40)
    }
    var few = ColorPalette([RGB(1, 2, 3), RGB(200, 0, 0)])
    #expect(few.colors.count == 2 && few.colors[Int(few.place(of: 0xC00000))] == RGB(200, 0, 0))
  }

  // MARK: - GIF

  /// A block that moves, and one that stays.
  private static var frames: [TermPlot.Canvas] {
    (0..<3).map { index in
      screen {
        $0[2 * index, 1] = Cell("█", Style(.error))
        $0[7, 3] = Cell("█", Style(.good))
      }
    }
  }

  private static let hasPillow =
    system("python3 -c 'import PIL.Image' >/dev/null 2>&1") == 0

  @Test(
    "Another program reads an animation: size, frames, times, repeats and every block's colour",
    .enabled(if: hasPillow, "python3 with Pillow is not there"))
  func gif() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(
      ScreenFile.gif(Self.frames, .builtIn, seconds: 0.08), to: "a.gif")
    let script = try folder.write(
      """
      import sys
      from PIL import Image
      image = Image.open(sys.argv[1])
      print(image.format, *image.size, image.n_frames, image.info["loop"])
      for index in range(image.n_frames):
          image.seek(index)
          pixels = image.convert("RGB")
          cells = [(2 * block, 1) for block in range(3)] + [(7, 3)]
          colors = [pixels.getpixel((int(8.5 * x) + 4, 17 * y + 8)) for x, y in cells]
          print(image.info["duration"], *("%02x%02x%02x" % color for color in colors))
      """, to: "read.py")
    let output = "\(folder.path)/out.txt"
    try #require(system("python3 '\(script)' '\(file)' > '\(output)'") == 0)
    let lines = String(decoding: try folder.read("out.txt"), as: UTF8.self)
      .split(separator: "\n").map(String.init)
    func text(_ role: StyleRole) -> String {
      String(Self.hex(role) + 0x1000000, radix: 16).dropFirst().description
    }
    let (paper, ink, fixed) = (text(.background), text(.error), text(.good))
    #expect(
      lines == [
        "GIF 68 68 3 0", "80 \(ink) \(paper) \(paper) \(fixed)",
        "80 \(paper) \(ink) \(paper) \(fixed)", "1580 \(paper) \(paper) \(ink) \(fixed)",
      ])
  }

  @Test("The same frames give the same animation, of which a still part costs little")
  func gifSize() {
    let moving = ScreenFile.gif(Self.frames, .builtIn, seconds: 0.08)
    #expect(moving == ScreenFile.gif(Self.frames, .builtIn, seconds: 0.08))
    #expect(moving.starts(with: Array("GIF89a".utf8)) && moving.last == 0x3B)
    let still = ScreenFile.gif(
      Array(repeating: Self.frames[0], count: 20), .builtIn, seconds: 0.08)
    let one = ScreenFile.gif([Self.frames[0]], .builtIn, seconds: 0.08)
    #expect(still.count - one.count < 19 * 40)
  }
}
