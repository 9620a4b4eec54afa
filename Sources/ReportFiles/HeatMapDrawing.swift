import Glibc
import NumberFormatting
public import ScoreClaims

extension FigureFile {
  /// A heat map as SVG.
  public static func svg(_ map: HeatMap) -> [UInt8] {
    SVGCanvas.bytes(width: size.width, height: size.height) { draw(map, on: $0) }
  }

  /// A heat map as PNG, two pixels a point.
  public static func png(_ map: HeatMap) -> [UInt8] {
    CairoCanvas.png(width: size.width, height: size.height, scale: 2) { draw(map, on: $0) }
  }

  private static func draw(_ map: HeatMap, on canvas: any Canvas) {
    let area = drawFrame(title: map.title, caption: map.caption, on: canvas)
    HeatMapDrawing(map).draw(on: canvas, in: area)
  }
}

/// Draws numbers over two lists of values as shades, each with its number in it.
struct HeatMapDrawing {
  private let map: HeatMap
  private let range: ClosedRange<Double>?

  init(_ map: HeatMap) {
    self.map = map
    let numbers = map.values.flatMap { $0 }.map { Self.scaled($0, map) }.filter(\.isFinite)
    range = numbers.min().flatMap { low in numbers.max().map { low...$0 } }
  }

  private static func scaled(_ value: Double, _ map: HeatMap) -> Double {
    map.isLogarithmic ? (value > 0 ? log(value) : .nan) : value
  }

  func draw(on canvas: any Canvas, in area: Area) {
    canvas.setFont(size: 15)
    let names = (map.y.values.map { canvas.width(of: $0) }.max() ?? 0) + 14
    let left = area.x + 24 + names
    let grid = Area(
      x: left, y: area.y + 26, width: area.maxX - left, height: area.height - 26 - 50)
    let cell = (
      width: grid.width / Double(max(1, map.x.values.count)),
      height: grid.height / Double(max(1, map.y.values.count))
    )
    canvas.setColor(.soft)
    canvas.write(map.label, x: left, y: area.y + 14)
    for (row, name) in map.y.values.enumerated() {
      let y = grid.y + (Double(row) + 0.5) * cell.height
      canvas.setColor(.text)
      canvas.write(name, x: left - 10, y: y + 5, align: .end)
      for column in map.x.values.indices {
        drawCell(
          map.values[row][column], on: canvas,
          Area(
            x: grid.x + Double(column) * cell.width, y: grid.y + Double(row) * cell.height,
            width: cell.width, height: cell.height))
      }
    }
    canvas.setColor(.text)
    for (column, name) in map.x.values.enumerated() {
      canvas.write(
        name, x: grid.x + (Double(column) + 0.5) * cell.width, y: grid.maxY + 20, align: .middle)
    }
    canvas.write(map.x.label, x: grid.x + grid.width / 2, y: grid.maxY + 44, align: .middle)
    canvas.write(
      map.y.label, x: area.x + 12, y: grid.y + grid.height / 2, align: .middle, isTurned: true)
  }

  private func drawCell(_ value: Double, on canvas: any Canvas, _ area: Area) {
    let number = Self.scaled(value, map)
    let share = range.map { range in
      range.upperBound > range.lowerBound
        ? (number - range.lowerBound) / (range.upperBound - range.lowerBound) : 0.5
    }
    let level = share.flatMap { $0.isFinite ? $0 : nil }
    canvas.setColor(level.map(Self.shade) ?? .faint)
    canvas.fill(
      x: area.x + 1, y: area.y + 1, width: area.width - 2, height: area.height - 2)
    // White on the dark half, so that every number can be read, also in grey print.
    canvas.setColor((level ?? 0) > 0.5 ? .paper : .text)
    canvas.setFont(size: min(15, area.height * 0.6))
    canvas.write(
      value.isFinite ? NumberText.short(value) : "none", x: area.x + area.width / 2,
      y: area.y + area.height / 2 + 5, align: .middle)
    canvas.setFont(size: 15)
  }

  /// From near white to dark blue, darker for larger numbers.
  private static func shade(_ share: Double) -> Ink.Color {
    var color = Ink.Color(0xF2F7FB)
    let dark = Ink.Color(0x08306B)
    color.red += share * (dark.red - color.red)
    color.green += share * (dark.green - color.green)
    color.blue += share * (dark.blue - color.blue)
    return color
  }
}
