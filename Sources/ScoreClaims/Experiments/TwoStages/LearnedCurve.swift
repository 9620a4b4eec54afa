import Glibc

/// A curve that a map projects on, as a chain of points with its length as the coordinate.
///
/// It begins at a point that the map gives, goes a step along the direction that the map keeps most,
/// and back to the map's value but for what that moves along the curve: where data are denser on one
/// side, a denoiser moves points there.
struct LearnedCurve: Sendable, Equatable {
  /// The most points of the chain.
  private static let limit = 400

  let vertices: [[Double]]
  /// The length up to each vertex, and for a closed curve the whole length at the end.
  let lengths: [Double]
  let isClosed: Bool

  /// Follows the curve until it comes back.
  init(of map: GradientMap, from point: [Double], step: Double) {
    var place = map.map(map.map(point))
    let start = place
    var direction = map.tangent(
      at: place, near: point.indices.map { 1 / Double($0 + 1) }, rounds: 200)
    var (vertices, isClosed) = ([place], false)
    while vertices.count < Self.limit, !isClosed {
      place = zip(place, direction).map { $0 + step * $1 }
      for _ in 0..<2 {
        direction = map.tangent(at: place, near: direction)
        let change = zip(map.map(place), place).map { $0 - $1 }
        let along = zip(change, direction).reduce(0.0) { $0 + $1.0 * $1.1 }
        for i in place.indices { place[i] += change[i] - along * direction[i] }
      }
      if vertices.count > 4, Self.distance(place, start) <= step { isClosed = true }
      vertices.append(place)
    }
    self.init(vertices, isClosed: isClosed)
  }

  init(_ vertices: [[Double]], isClosed: Bool) {
    (self.vertices, self.isClosed) = (vertices, isClosed)
    var lengths = [0.0]
    for place in 1..<vertices.count {
      lengths.append(lengths[place - 1] + Self.distance(vertices[place], vertices[place - 1]))
    }
    if isClosed, let last = vertices.last, let end = lengths.last {
      lengths.append(end + Self.distance(last, vertices[0]))
    }
    self.lengths = lengths
  }

  var length: Double { lengths[lengths.count - 1] }

  private static func distance(_ x: [Double], _ y: [Double]) -> Double {
    zip(x, y).reduce(0.0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
  }

  /// The coordinate of the nearest point of the chain.
  func coordinate(of point: [Double]) -> Double {
    var (least, found) = (Double.infinity, 0.0)
    for edge in 0..<lengths.count - 1 {
      let (a, b) = (vertices[edge], vertices[(edge + 1) % vertices.count])
      let size = lengths[edge + 1] - lengths[edge]
      guard size > 0 else { continue }
      var along = 0.0
      for i in point.indices { along += (point[i] - a[i]) * (b[i] - a[i]) }
      let part = min(max(along / (size * size), 0), 1)
      var gap = 0.0
      for i in point.indices {
        let miss = point[i] - a[i] - part * (b[i] - a[i])
        gap += miss * miss
      }
      if gap < least { (least, found) = (gap, lengths[edge] + part * size) }
    }
    return found
  }

  /// The point of the chain at a coordinate; those of an open curve end at its ends.
  func point(at coordinate: Double) -> [Double] {
    let wrapped =
      isClosed
      ? coordinate - length * (coordinate / length).rounded(.down)
      : min(max(coordinate, 0), length)
    let edge = min(
      max((lengths.firstIndex { $0 > wrapped } ?? lengths.count - 1) - 1, 0), lengths.count - 2)
    let (a, b) = (vertices[edge], vertices[(edge + 1) % vertices.count])
    let size = lengths[edge + 1] - lengths[edge]
    let part = size > 0 ? (wrapped - lengths[edge]) / size : 0
    return zip(a, b).map { $0 + part * ($1 - $0) }
  }
}
