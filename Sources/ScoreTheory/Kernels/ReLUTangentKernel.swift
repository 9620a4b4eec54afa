import Glibc
public import ScoreCore

/// The neural tangent kernel of an infinitely wide two-layer ReLU network of which only the inner weights
/// are trained.
///
/// With outer weights +-1 / sqrt(m) and inner weights from N(0, I) the products of gradients tend to
/// ```
/// K(u, v) = E[u.v 1(w.u > 0) 1(w.v > 0)] = u.v (pi - angle(u, v)) / (2 pi)
/// ```
/// for each output, and to 0 between two outputs, as the width m grows. u and v are whole inputs, with
/// the time or a constant if the network is given one.
///
/// Source: Cho and Saul 2009, "Kernel Methods for Deep Learning", the arc-cosine kernel of order 0;
/// Jacot, Gabriel and Hongler 2018 (arXiv:1806.07572) for the tangent kernel.
public enum ReLUTangentKernel {
  /// The kernel at one pair of inputs.
  ///
  /// - Precondition: Both have the same length.
  public static func value(_ u: [Double], _ v: [Double]) -> Double {
    gram(Points(rows: [u]), Points(rows: [v]))[0]
  }

  /// The kernel at every pair of inputs.
  ///
  /// - Parameters:
  ///   - rows: Inputs, `[m, inputs]`.
  ///   - columns: Inputs of the same length, `[n, inputs]`.
  /// - Returns: `[m, n]`, row-major.
  public static func gram(_ rows: Points, _ columns: Points) -> [Double] {
    precondition(rows.dimension == columns.dimension, "Inputs have one length.")
    let (left, right) = (Directions(rows), Directions(columns))
    var gram = Array(repeating: 0.0, count: rows.count * columns.count)
    gram.withUnsafeMutableBufferPointer { buffer in
      let slots = buffer
      Parallel.perform(rows.count, threads: Parallel.defaultThreads) { row in
        for column in 0..<columns.count {
          slots[row * columns.count + column] = left.kernel(row, right, column)
        }
      }
    }
    return gram
  }

  /// The kernel at every pair of one set of inputs, exactly symmetric.
  ///
  /// - Parameter points: Inputs, `[n, inputs]`.
  /// - Returns: `[n, n]`.
  public static func gram(_ points: Points) -> [Double] {
    let directions = Directions(points)
    let n = points.count
    var gram = Array(repeating: 0.0, count: n * n)
    gram.withUnsafeMutableBufferPointer { buffer in
      let slots = buffer
      Parallel.perform(n, threads: Parallel.defaultThreads) { row in
        for column in 0...row {
          let value = directions.kernel(row, directions, column)
          slots[row * n + column] = value
          slots[column * n + row] = value
        }
      }
    }
    return gram
  }

  /// Inputs as lengths and unit vectors.
  private struct Directions {
    let lengths: [Double]
    let units: Points

    init(_ points: Points) {
      lengths = points.squaredNorms().map { $0.squareRoot() }
      var units = points
      for row in 0..<points.count where lengths[row] > 0 {
        for axis in 0..<points.dimension { units[row, axis] /= lengths[row] }
      }
      self.units = units
    }

    func kernel(_ row: Int, _ other: Directions, _ column: Int) -> Double {
      let d = units.dimension
      var (product, difference, sum) = (0.0, 0.0, 0.0)
      for axis in 0..<d {
        let u = units.values[row * d + axis]
        let v = other.units.values[column * d + axis]
        product += u * v
        difference += (u - v) * (u - v)
        sum += (u + v) * (u + v)
      }
      // An arc cosine would lose half of the digits where inputs are close.
      let angle = 2 * atan2(difference.squareRoot(), sum.squareRoot())
      return lengths[row] * other.lengths[column] * product * (Double.pi - angle) / (2 * Double.pi)
    }
  }
}
