import NumberFormatting
public import ScoreCore
import Synchronization

/// Why the score of someone else cannot be used, in one line.
public struct OwnScoreError: Error, Equatable, CustomStringConvertible {
  public var description: String

  public init(_ description: String) { self.description = description }
}

/// Where scores come from that are not our own: a table, or a program.
public protocol OwnScoreSource: Sendable {
  /// Scores in the units of the distribution's axes.
  ///
  /// - Parameters:
  ///   - points: Points in these units, `[count, dimension]`.
  ///   - time: The time of the process.
  ///   - level: Its noise level, in model coordinates.
  /// - Returns: A score a point, of the same shape.
  /// - Throws: ``OwnScoreError``.
  func score(at points: Points, time: Double, level: NoiseLevel) throws(OwnScoreError) -> Points
  /// What to know before its scores are trusted, in a line; nil for nothing.
  var remark: String? { get }
}

extension OwnScoreSource {
  public var remark: String? { nil }
}

/// The score of someone else as one of ours.
///
/// After the first failure every score is 0 and the source is left alone; who measures asks
/// ``check()`` before a result is used.
public final class OwnScore: ScoreFunction {
  /// The most points that the source is asked at once.
  private static let blockCount = 16_384

  private let source: any OwnScoreSource
  private let frame: CoordinateFrame
  private let process: any ForwardProcess
  private let failure = Mutex<OwnScoreError?>(nil)

  /// - Parameters:
  ///   - source: Where scores come from.
  ///   - frame: The units that the source takes and gives.
  ///   - process: The process whose times it knows.
  public init(
    _ source: any OwnScoreSource, frame: CoordinateFrame, process: any ForwardProcess
  ) {
    self.source = source
    self.frame = frame
    self.process = process
  }

  public var dimension: Int { frame.offset.count }

  /// Why there are no scores any more; nil while there are.
  public var problem: OwnScoreError? { failure.withLock { $0 } }

  /// - Throws: The first failure of the source.
  public func check() throws(OwnScoreError) { if let problem { throw problem } }

  /// What to know before its scores are trusted, in a line; nil for nothing.
  public var remark: String? { source.remark }

  public func score(at x: Points, level: NoiseLevel) -> Points {
    var result = Points(zeros: 0, dimension: dimension)
    for start in stride(from: 0, to: x.count, by: Self.blockCount) {
      let block = x.rows(start..<min(x.count, start + Self.blockCount))
      result.append(scoreOfBlock(block, level: level))
    }
    return result
  }

  private func scoreOfBlock(_ x: Points, level: NoiseLevel) -> Points {
    // One at a time, in whatever order: a source has one pipe, and its answers are those of points.
    failure.withLock { failure in
      guard failure == nil else { return Points(zeros: x.count, dimension: dimension) }
      do throws(OwnScoreError) {
        let time = process.time(atLogSNR: level.logSNR)
        var score = try source.score(at: frame.userUnits(x), time: time, level: level)
        if let row = (0..<score.count).first(where: { !score.row($0).allSatisfy(\.isFinite) }) {
          throw OwnScoreError(
            "the score at point \(row + 1) of \(score.count) and time \(NumberText.short(time)) is not finite"
          )
        }
        for row in 0..<score.count {
          for axis in 0..<dimension { score[row, axis] *= frame.scale[axis] }
        }
        return score
      } catch {
        failure = error
        return Points(zeros: x.count, dimension: dimension)
      }
    }
  }
}
