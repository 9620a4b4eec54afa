import ScoreClaims

/// The names of single points, each where it meets neither a point nor another name if there is
/// such a place next to it.
struct PointNames {
  private static let size = 13.0
  private let labels: [(text: String, x: Double, y: Double)]
  private let points: [(x: Double, y: Double)]

  init(_ series: [SeriesDrawing]) {
    points = series.filter { !$0.series.names.isEmpty || $0.series.form == .points }
      .flatMap(\.points)
    labels = series.flatMap { drawing in
      drawing.series.names.indices.compactMap { index in
        drawing.place(drawing.series.x[index], drawing.series.y[index])
          .flatMap { drawing.isInside($0) ? $0 : nil }
          .map { (drawing.series.names[index], $0.x, $0.y) }
      }
    }
  }

  func draw(on canvas: any Canvas, in area: Area) {
    guard !labels.isEmpty else { return }
    canvas.setFont(size: Self.size)
    canvas.setColor(.soft)
    var taken = points.map { Area(x: $0.x - 4, y: $0.y - 4, width: 8, height: 8) }
    for label in labels {
      let places = candidates(for: label, width: canvas.width(of: label.text))
        .filter { $0.x >= area.x && $0.maxX <= area.maxX && $0.y >= area.y }
      let free = places.first { place in !taken.contains { $0.meets(place) } }
      guard let place = free ?? places.first else { continue }
      taken.append(place)
      canvas.write(label.text, x: place.x, y: place.maxY - 3)
    }
  }

  /// To the right, to the left, above and below, then farther up and down.
  private func candidates(
    for label: (text: String, x: Double, y: Double), width: Double
  ) -> [Area] {
    let height = Self.size + 2
    let (right, left, middle) = (label.x + 8, label.x - 8 - width, label.x - width / 2)
    let offsets = [
      (right, -height / 2), (left, -height / 2), (middle, -height - 6), (middle, 6),
      (right, -height - 6), (right, 6), (left, -height - 6), (left, 6),
    ]
    return offsets.map { Area(x: $0.0, y: label.y + $0.1, width: width, height: height) }
  }
}

extension Area {
  fileprivate func meets(_ other: Area) -> Bool {
    x < other.maxX && other.x < maxX && y < other.maxY && other.y < maxY
  }
}
