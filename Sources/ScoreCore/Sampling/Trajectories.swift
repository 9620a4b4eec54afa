/// The positions of sampled points at every time of a pass.
///
/// Float32 and at most ``trackedLimit`` numbers, so that a pass of any size can be kept and shared
/// with the screen.
public struct Trajectories: Sendable, Equatable {
  /// The most numbers kept: 16 MB.
  public static let trackedLimit = 4_000_000

  public let dimension: Int
  /// How many of the pass's points are kept, the first ones.
  public let tracked: Int
  /// The times of the frames, decreasing.
  public private(set) var times: [Double] = []
  /// The positions at each time, `[tracked, dimension]` a frame.
  public private(set) var frames: [[Float]] = []

  /// Makes room for a pass of `count` points over `frames` times.
  public init(count: Int, dimension: Int, frames: Int) {
    self.dimension = dimension
    tracked = min(count, max(1, Trajectories.trackedLimit / max(1, dimension * frames)))
  }

  public mutating func record(_ points: Points, at time: Double) {
    precondition(points.count >= tracked, "A pass cannot lose points.")
    times.append(time)
    frames.append(points.values[0..<tracked * dimension].map { Float($0) })
  }

  /// The same positions with the points in another order.
  ///
  /// - Parameter rows: Places of tracked points.
  /// - Returns: The trajectories of these points.
  public func taking(_ rows: [Int]) -> Trajectories {
    var result = Trajectories(count: rows.count, dimension: dimension, frames: frames.count)
    precondition(result.tracked == rows.count, "No more points than are kept.")
    result.times = times
    result.frames = frames.map { values in
      rows.flatMap { values[$0 * dimension..<($0 + 1) * dimension] }
    }
    return result
  }

  /// One coordinate of the tracked points of a frame.
  public func column(_ axis: Int, frame: Int) -> [Double] {
    let values = frames[frame]
    return (0..<tracked).map { Double(values[$0 * dimension + axis]) }
  }

  /// How many of the tracked points are at some time at no finite position.
  public var brokenCount: Int {
    var isBroken = Array(repeating: false, count: tracked)
    for values in frames {
      for (place, value) in values.enumerated() where !value.isFinite {
        isBroken[place / dimension] = true
      }
    }
    return isBroken.count { $0 }
  }
}
