import CVectorKernels
import Glibc

/// What a network is fed: the scaled noisy point, waves of its coordinates, features of the noise level,
/// and a condition if there is one, in this order.
public struct InputEncoding: Sendable, Equatable {
  /// The number of coordinates of a point.
  public let dimension: Int
  /// The angular frequencies of the sines and cosines of each coordinate; empty for none.
  public let positionFrequencies: [Float]
  /// How the noise level enters.
  public let timeFeatures: TimeFeatures
  /// The number of values of a condition; 0 for none.
  public let conditionCount: Int
  /// The distance from zero beyond which scaled points are brought back to it; infinite for none.
  ///
  /// A network is then fed points of a ball only, as bounds that hold on bounded sets ask for.
  public let radius: Double

  /// Creates an encoding.
  ///
  /// - Parameters:
  ///   - dimension: The number of coordinates of a point, at least 1.
  ///   - positionPairs: How many sines and cosines of each coordinate enter, of angular frequencies
  ///     1.5, 3, 6 ...
  ///   - timeFeatures: How the noise level enters.
  ///   - conditionCount: The number of values of a condition.
  ///   - radius: The distance from zero beyond which scaled points are brought back to it.
  public init(
    dimension: Int, positionPairs: Int = 0, timeFeatures: TimeFeatures, conditionCount: Int = 0,
    radius: Double = .infinity
  ) {
    precondition(dimension >= 1 && conditionCount >= 0, "A network needs inputs.")
    precondition(radius > 0, "A ball of points has a positive radius.")
    self.dimension = dimension
    positionFrequencies = (0..<positionPairs).map { Float(1.5 * pow(2, Double($0))) }
    self.timeFeatures = timeFeatures
    self.conditionCount = conditionCount
    self.radius = radius
  }

  /// The inputs that depend on the point; they come first.
  public var pointInputs: Int { dimension * (1 + 2 * positionFrequencies.count) }
  /// The inputs that do not, which rows of one noise level and condition share.
  public var sharedInputs: Int { timeFeatures.count + conditionCount }
  /// Where a row's condition starts.
  var conditionOffset: Int { pointInputs + timeFeatures.count }
  /// The number of all inputs.
  public var count: Int { pointInputs + sharedInputs }

  /// Brings scaled points that stand at the start of each row into the ball, and writes the waves of
  /// their coordinates behind them.
  func completePoints(_ rows: Int, in input: UnsafeMutablePointer<Float>, stride: Int) {
    if radius.isFinite {
      for row in 0..<rows { shorten(input + row * stride) }
    }
    sf_position_features(
      input, dimension, positionFrequencies, positionFrequencies.count, rows, stride)
  }

  /// Brings a scaled point into the ball.
  private func shorten(_ point: UnsafeMutablePointer<Float>) {
    let squared = (0..<dimension).reduce(0.0) { $0 + Double(point[$1]) * Double(point[$1]) }
    guard squared > radius * radius else { return }
    let factor = radius / squared.squareRoot()
    for axis in 0..<dimension { point[axis] = Float(factor * Double(point[axis])) }
  }

  /// Writes all that depends on the point, of points whose rows lie `pointInputs` apart.
  func writePoints(
    _ points: UnsafePointer<Double>, scale: Double, rows: Int,
    into input: UnsafeMutablePointer<Float>
  ) {
    let (d, stride) = (dimension, pointInputs)
    for row in 0..<rows {
      for axis in 0..<d { input[row * stride + axis] = Float(scale * points[row * d + axis]) }
    }
    completePoints(rows, in: input, stride: stride)
  }

  /// Writes how the inputs of ``writePoints(_:scale:rows:into:)`` change along a direction at each
  /// point.
  func writeTangents(
    _ directions: UnsafePointer<Double>, scale: Double, rows: Int,
    of points: UnsafePointer<Double>, at input: UnsafePointer<Float>,
    into tangent: UnsafeMutablePointer<Float>
  ) {
    let (d, stride, pairs) = (dimension, pointInputs, positionFrequencies.count)
    for row in 0..<rows {
      for axis in 0..<d { tangent[row * stride + axis] = Float(scale * directions[row * d + axis]) }
      shortenTangent(tangent + row * stride, of: points + row * d, scale: scale)
      for axis in 0..<d where pairs > 0 {
        let change = tangent[row * stride + axis]
        let sines = row * stride + d + 2 * pairs * axis
        for (k, omega) in positionFrequencies.enumerated() {
          tangent[sines + k] = omega * input[sines + pairs + k] * change
          tangent[sines + pairs + k] = -omega * input[sines + k] * change
        }
      }
    }
  }

  /// Turns the change of a scaled point into that of the point brought into the ball:
  /// `radius / ||y|| (v - y (y . v) / ||y||^2)` where y is outside.
  private func shortenTangent(
    _ tangent: UnsafeMutablePointer<Float>, of point: UnsafePointer<Double>, scale: Double
  ) {
    guard radius.isFinite else { return }
    var (squared, along) = (0.0, 0.0)
    for axis in 0..<dimension {
      let y = scale * point[axis]
      squared += y * y
      along += y * Double(tangent[axis])
    }
    guard squared > radius * radius else { return }
    let factor = radius / squared.squareRoot()
    for axis in 0..<dimension {
      let radial = scale * point[axis] * along / squared
      tangent[axis] = Float(factor * (Double(tangent[axis]) - radial))
    }
  }

  /// Writes the features of each row's level behind what depends on the point.
  func writeLevels(
    _ clocks: UnsafePointer<Float>, rows: Int, in input: UnsafeMutablePointer<Float>
  ) {
    timeFeatures.write(clocks: clocks, rows: rows, into: input + pointInputs, stride: count)
  }

  /// The inputs that rows of one level and condition share, `[sharedInputs]`.
  func sharedFeatures(clock: Double, condition: [Double]) -> [Float] {
    var clock = Float(clock)
    var features = [Float](repeating: 0, count: timeFeatures.count)
    timeFeatures.write(clocks: &clock, rows: 1, into: &features, stride: features.count)
    return features + condition.map { Float($0) }
  }
}
