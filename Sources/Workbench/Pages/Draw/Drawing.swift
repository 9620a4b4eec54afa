import Glibc
import ScoreCore
import ScoreLab

/// A point of the plane that is drawn on, in the units of the data.
struct DrawnPoint: Sendable, Equatable {
  var x: Double
  var y: Double

  func distance(to other: DrawnPoint) -> Double { hypot(x - other.x, y - other.y) }
}

/// A stroke of the pen: points that are joined by straight lines.
struct DrawnStroke: Sendable, Equatable {
  var points: [DrawnPoint]
  /// The deviation of the points about the line, positive.
  var width: Double

  var length: Double { zip(points, points.dropFirst()).reduce(0) { $0 + $1.0.distance(to: $1.1) } }

  /// Points on the stroke, equally far apart along it, both ends among them.
  ///
  /// - Parameter count: How many, at least 1.
  /// - Returns: The points; of a dot, and where one is asked for, the first alone.
  func places(_ count: Int) -> [DrawnPoint] {
    guard let first = points.first, count > 1 else { return Array(points.prefix(1)) }
    let step = length / Double(count - 1)
    var (places, walked, next) = ([first], 0.0, step)
    for (from, to) in zip(points, points.dropFirst()) {
      let part = from.distance(to: to)
      while part > 0, next <= walked + part * (1 + 1e-12), places.count < count {
        let share = (next - walked) / part
        places.append(
          DrawnPoint(x: from.x + share * (to.x - from.x), y: from.y + share * (to.y - from.y)))
        next += step
      }
      walked += part
    }
    return places
  }
}

/// Strokes that are to become a distribution.
///
/// A stroke becomes isotropic Gaussians along it whose deviation is its width. They stand at most two
/// deviations apart, so that the density along a straight stroke stays within 1.5 % of its mean: the
/// first term of its Fourier series is 2 exp(-2 pi^2 / 4) = 1.4 % of that.
struct Drawing: Sendable, Equatable {
  /// The pen goes so far from the middle, across and up.
  static let reach = DrawnPoint(x: 4, y: 3)
  /// How far an arrow moves the pen.
  static let step = 0.2
  static let widths = [0.05, 0.07, 0.1, 0.15, 0.2, 0.3, 0.4]
  /// How many deviations lie between the components of a stroke.
  private static let spacing = 2.0
  /// The most components; strokes that would have more have them farther apart.
  static let componentLimit = 300
  static let strokeLimit = 100

  var strokes: [DrawnStroke] = []
  var pen = DrawnPoint(x: 0, y: 0)
  var isDown = false
  /// Whether the mouse has begun the last stroke and draws on.
  private var isHeld = false
  /// The place of the pen's width in ``widths``.
  var widthIndex = 2

  var width: Double { Self.widths[widthIndex] }

  // MARK: - The pen

  /// Where the pen would go; nil at the edge.
  func penMoved(across: Double, up: Double) -> DrawnPoint? {
    let next = DrawnPoint(x: pen.x + across, y: pen.y + up)
    return abs(next.x) <= Self.reach.x + 1e-9 && abs(next.y) <= Self.reach.y + 1e-9 ? next : nil
  }

  /// Whether there can be another stroke.
  var hasRoom: Bool { strokes.count < Self.strokeLimit }

  /// Puts the pen down, which begins a stroke, or lifts it.
  mutating func togglePen() {
    isHeld = false
    isDown = isDown ? false : begin(at: pen)
  }

  /// Begins a stroke, if there can be another one.
  private mutating func begin(at point: DrawnPoint) -> Bool {
    guard hasRoom else { return false }
    strokes.append(DrawnStroke(points: [point], width: width))
    return true
  }

  /// Moves the pen, which draws while it is down.
  mutating func move(to point: DrawnPoint) {
    pen = point
    if isDown { strokes[strokes.count - 1].points.append(point) }
  }

  /// Draws with the mouse: a press begins a stroke, which the pen that is held goes on with.
  mutating func draw(to point: DrawnPoint, isStart: Bool) {
    let inside = DrawnPoint(
      x: min(max(point.x, -Self.reach.x), Self.reach.x),
      y: min(max(point.y, -Self.reach.y), Self.reach.y))
    (pen, isDown) = (inside, false)
    if isStart {
      isHeld = begin(at: inside)
    } else if isHeld, strokes.last?.points.last != inside {
      strokes[strokes.count - 1].points.append(inside)
    }
  }

  mutating func undo() {
    (isDown, isHeld) = (false, false)
    strokes.removeLast()
  }

  mutating func clear() { (strokes, isDown, isHeld) = ([], false, false) }

  mutating func change(width way: Int) {
    widthIndex += way
    // A stroke has one width.
    if isDown { isDown = begin(at: pen) }
  }

  /// A spiral of two turns and a half.
  mutating func addSpiral() {
    (isDown, isHeld) = (false, false)
    guard hasRoom else { return }
    let points = (0...100).map { index -> DrawnPoint in
      let share = Double(index) / 100
      let (angle, radius) = (5 * Double.pi * share, 0.3 + 2.4 * share)
      return DrawnPoint(x: radius * cos(angle), y: radius * sin(angle))
    }
    strokes.append(DrawnStroke(points: points, width: width))
  }

  // MARK: - The distribution

  /// A Gaussian of the distribution.
  struct Component: Equatable {
    var mean: DrawnPoint
    var deviation: Double
    var weight: Double
  }

  /// The Gaussians of all strokes; the weight along a stroke is the same for equal lengths.
  var components: [Component] {
    // Each stroke has one at its end, and up to one by rounding up.
    let wanted = strokes.reduce(0) { $0 + Self.count(on: $1, stretch: 1) - 1 }
    let stretch = max(1, wanted / Double(Self.componentLimit - 2 * strokes.count))
    let least = strokes.map(\.width).min() ?? 1
    return strokes.flatMap { stroke in
      // Up, so that none are farther apart; not for a whole number that rounding has missed.
      stroke.places(Int((Self.count(on: stroke, stretch: stretch) - 1e-9).rounded(.up))).map {
        Component(mean: $0, deviation: stroke.width, weight: stroke.width / least)
      }
    }
  }

  private static func count(on stroke: DrawnStroke, stretch: Double) -> Double {
    stroke.length / (spacing * stroke.width * stretch) + 1
  }

  /// The distribution; nil where nothing is drawn.
  var distribution: DistributionConfiguration? {
    let components = components
    guard !components.isEmpty else { return nil }
    // Two digits behind the point are finer than anybody draws, and short in a file.
    func number(_ value: Double) -> ParameterValue { .number((100 * value).rounded() / 100) }
    let items = components.map { component -> ParameterValue in
      var map: [String: ParameterValue] = [
        "mean": .list([number(component.mean.x), number(component.mean.y)]),
        "deviation": .number(component.deviation),
      ]
      if component.weight != 1 { map["weight"] = number(component.weight) }
      return .map(map)
    }
    return DistributionConfiguration(
      kind: "gaussian_mixture", parameters: ["components": .list(items)])
  }
}
