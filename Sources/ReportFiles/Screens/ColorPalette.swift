import TermPlot

/// At most 256 colours that stand for all others.
struct ColorPalette {
  /// The most colours of a GIF.
  static let limit = 256

  let colors: [RGB]
  /// The place of each pixel value that was asked for.
  private var places: [UInt32: UInt8] = [:]

  /// Takes some colours; of more than 256 those that are farthest from each other, the darkest first.
  init(_ colors: Set<RGB>) {
    // A set has no order of its own, and the same pictures are to be the same file.
    let sorted = colors.sorted { ($0.luminance, $0.value) < ($1.luminance, $1.value) }
    self.colors = sorted.count <= Self.limit ? sorted : Self.spread(sorted)
  }

  /// Takes the colour farthest from all that were taken, again and again.
  ///
  /// Source: Gonzalez 1985, *Clustering to minimize the maximum intercluster distance*.
  private static func spread(_ colors: [RGB]) -> [RGB] {
    var chosen = [colors[0]]
    var gaps = colors.map { $0.distance(to: colors[0]) }
    while chosen.count < limit {
      let next = gaps.indices.max { gaps[$0] < gaps[$1] } ?? 0
      chosen.append(colors[next])
      for index in gaps.indices {
        gaps[index] = min(gaps[index], colors[index].distance(to: colors[next]))
      }
    }
    return chosen
  }

  /// The place of the colour nearest to a pixel, 0xRRGGBB.
  mutating func place(of pixel: UInt32) -> UInt8 {
    if let place = places[pixel] { return place }
    let color = RGB(hex: pixel)
    let nearest = colors.indices.min {
      colors[$0].distance(to: color) < colors[$1].distance(to: color)
    }
    let place = UInt8(nearest ?? 0)
    places[pixel] = place
    return place
  }
}

extension RGB {
  fileprivate var value: UInt32 { UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue) }

  fileprivate var luminance: Int { 2 * Int(red) + 5 * Int(green) + Int(blue) }

  /// The squared distance to another colour.
  fileprivate func distance(to other: RGB) -> Int {
    let (r, g, b) = (
      Int(red) - Int(other.red), Int(green) - Int(other.green), Int(blue) - Int(other.blue)
    )
    return r * r + g * g + b * b
  }
}
