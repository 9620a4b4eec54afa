/// A function with parameters from a noisy point and its noise level to a prediction of the target.
///
/// All parameters lie in one flat float32 buffer, cut into named segments, so that optimisers, averages
/// and checkpoints are one loop each. Passes work on some rows in memory that the caller gives
/// them: nothing is allocated, and a call for those rows is all that dispatch costs.
public protocol Architecture: Sendable {
  /// What the network is fed.
  var encoding: InputEncoding { get }
  /// The parts of the flat buffer in order and without gaps; those that training leaves alone come
  /// first.
  var segments: [ParameterSegment] { get }
  /// Multiplications plus additions for one point, forward only.
  var flopsPerPoint: Int { get }

  /// How many parts the gradient is computed in, independent of each other and of about one size.
  var gradientParts: Int { get }

  /// Lays out the memory of passes.
  ///
  /// - Parameters:
  ///   - rows: The most rows of all passes that share it.
  ///   - passes: The most of them.
  ///   - keepsDerivatives: Whether ``backward(_:)`` or ``tangent(_:)`` follows.
  /// - Returns: Where inputs, predictions and the architecture's own pieces lie.
  func layout(rows: Int, passes: Int, keepsDerivatives: Bool) -> PassLayout

  /// Works inputs that all rows share into numbers that a pass starts from, once for many passes.
  ///
  /// - Parameters:
  ///   - features: The last ``InputEncoding/sharedInputs`` inputs.
  ///   - parameters: The network's parameters.
  /// - Returns: What passes get as ``NetworkPass/shared``.
  func fold(_ features: [Float], parameters: UnsafePointer<Float>) -> [Float]

  /// Turns inputs into predictions.
  func forward(_ pass: NetworkPass)

  /// Turns the gradient by the predictions, which stands in their place, into what
  /// ``gradient(_:part:into:accumulates:)`` is computed from.
  ///
  /// The pass is one whose forward pass kept derivatives, which it uses up, and every row has all inputs.
  func backward(_ pass: NetworkPass)

  /// Computes one part of the gradient by the trained parameters.
  ///
  /// - Parameters:
  ///   - pass: All rows that have gone forward and backward, in whatever passes.
  ///   - part: The number of the part, below ``gradientParts``.
  ///   - gradient: Where the gradient by every trained parameter goes, `[parameterCount]`.
  ///   - accumulates: Whether it is added to what stands there.
  func gradient(
    _ pass: NetworkPass, part: Int, into gradient: UnsafeMutablePointer<Float>, accumulates: Bool)

  /// Turns a change of the inputs into the change of the predictions, to first order.
  ///
  /// The pass is one whose forward pass kept derivatives. It may have ``NetworkPass/shared`` inputs;
  /// those do not change.
  func tangent(_ pass: NetworkPass)
}

extension Architecture {
  /// The number of coordinates of a point, and of a prediction.
  public var dimension: Int { encoding.dimension }

  /// The size of the flat buffer.
  public var parameterCount: Int { segments.last?.range.upperBound ?? 0 }

  /// The first parameter that training changes; those behind it are changed too.
  public var trainedOffset: Int { segments.first { $0.isTrained }?.offset ?? parameterCount }

  /// Lays out the memory of one pass.
  public func layout(rows: Int, keepsDerivatives: Bool) -> PassLayout {
    layout(rows: rows, passes: 1, keepsDerivatives: keepsDerivatives)
  }

  /// Computes all parts of the gradient.
  public func gradient(
    _ pass: NetworkPass, into gradient: UnsafeMutablePointer<Float>, accumulates: Bool
  ) {
    for part in 0..<gradientParts {
      self.gradient(pass, part: part, into: gradient, accumulates: accumulates)
    }
  }

  /// Draws starting parameters.
  ///
  /// - Parameters:
  ///   - seed: The run's seed.
  ///   - network: The number of the network in a bank.
  /// - Returns: The flat buffer, `[parameterCount]`.
  public func initialParameters(seed: UInt64, network: Int = 0) -> [Float] {
    var parameters = [Float](repeating: 0, count: parameterCount)
    var layer = -1
    var stream = RandomStream(seed: seed, purpose: .initialization)
    for segment in segments {
      if segment.layer != layer {
        layer = segment.layer
        stream = RandomStream(
          seed: seed, purpose: .initialization, index: UInt64(layer) | UInt64(network) << 32)
      }
      switch segment.initialization {
      case .zero: break
      case .normal(let deviation):
        for i in segment.range { parameters[i] = Float(deviation * stream.normal()) }
      case .signs:
        for i in segment.range { parameters[i] = stream.uniform() < 0.5 ? -1 : 1 }
      }
    }
    return parameters
  }
}
