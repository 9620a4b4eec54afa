/// A batch row by row, with everything a step's loss is made of; float32, as the step has it.
///
/// ```
/// input  = input_scale (alpha x_0 + sigma z)
/// target = target_data x_0 + target_noise z
/// loss   = mean over rows of weight || F(input, clock) - target ||^2, or Huber's loss of the length
/// ```
public struct BatchRecord: Sendable, Equatable {
  /// The number of coordinates of a point.
  public let dimension: Int
  /// The number of values of a point's condition.
  public let conditionCount: Int
  /// The clean points x_0, `[count, dimension]`.
  public private(set) var points: [Float] = []
  /// The noise z, `[count, dimension]`.
  public private(set) var noise: [Float] = []
  /// What the network gets of the points, `[count, dimension]`, without features and before
  /// ``InputEncoding/radius`` brings them back.
  public private(set) var inputs: [Float]
  /// What it should predict, `[count, dimension]`.
  public private(set) var targets: [Float]
  /// The level of each row, `[count]`.
  public private(set) var alphas: [Float] = []
  public private(set) var sigmas: [Float] = []
  /// The factor on the noisy point, `[count]`.
  public private(set) var inputScales: [Float] = []
  /// The target's coefficients, `[count]`.
  public private(set) var targetData: [Float] = []
  public private(set) var targetNoise: [Float] = []
  /// The weight of a row in the loss, `[count]`.
  public private(set) var weights: [Float]
  /// What the time features are of, `[count]`; see ``TimeFeatures/Kind``.
  public private(set) var clocks: [Float]
  /// The condition of each row, `[count, conditionCount]`.
  public private(set) var conditions: [Float]

  public var count: Int { weights.count }

  /// Makes the rows of a plan once more, as a step does.
  init(_ plan: BatchPlan) {
    dimension = plan.dimension
    conditionCount = plan.resident.conditionCount
    inputs = Array(repeating: 0, count: plan.count * plan.dimension)
    targets = inputs
    weights = Array(repeating: 0, count: plan.count)
    clocks = weights
    conditions = Array(repeating: 0, count: plan.count * conditionCount)
    for (shard, start) in stride(from: 0, to: plan.count, by: BatchPlan.shardRows).enumerated() {
      let rows = start..<min(plan.count, start + BatchPlan.shardRows)
      record(plan, rows: rows, shard: shard)
      fill(plan, rows: rows, shard: shard)
    }
  }

  private mutating func record(_ plan: BatchPlan, rows: Range<Int>, shard: Int) {
    var drawn = [Float](repeating: 0, count: rows.count * dimension)
    drawn.withUnsafeMutableBufferPointer { drawn in
      guard let start = drawn.baseAddress else { return }
      plan.draw(rows: rows, shard: shard, noise: start) { _, _, x, z, level in
        points.append(contentsOf: UnsafeBufferPointer(start: x, count: dimension))
        noise.append(contentsOf: UnsafeBufferPointer(start: z, count: dimension))
        alphas.append(level.alpha)
        sigmas.append(level.sigma)
        inputScales.append(level.inputScale)
        targetData.append(level.data)
        targetNoise.append(level.noise)
      }
    }
  }

  private mutating func fill(_ plan: BatchPlan, rows: Range<Int>, shard: Int) {
    let first = rows.lowerBound
    inputs.withUnsafeMutableBufferPointer { inputs in
      targets.withUnsafeMutableBufferPointer { targets in
        weights.withUnsafeMutableBufferPointer { weights in
          clocks.withUnsafeMutableBufferPointer { clocks in
            conditions.withUnsafeMutableBufferPointer { conditions in
              guard let input = inputs.baseAddress, let target = targets.baseAddress,
                let weight = weights.baseAddress, let clock = clocks.baseAddress
              else { return }
              // Without conditions none are written.
              let condition = conditions.baseAddress.map { $0 + first * conditionCount } ?? input
              plan.fill(
                rows: rows, shard: shard,
                into: BatchPlan.Destination(
                  input: input + first * dimension, stride: dimension,
                  target: target + first * dimension, weight: weight + first,
                  clock: clock + first, condition: condition, conditionStride: conditionCount))
            }
          }
        }
      }
    }
  }
}
