import ScoreCore
import ScoreLab
import TermPlot

extension SamplePicture {
  /// The samples of a run that is trained in turn with the one at the head.
  struct ComparedCloud {
    var letter: String
    var role: StyleRole
    var stroke: Stroke
    var points: Trajectories
    /// The time nearest to that of the picture.
    var frame: Int
  }

  /// Those of every such run that samples the same distribution, for others have no place on these axes.
  var clouds: [ComparedCloud] {
    snapshot.others.compactMap { other in
      guard let place = snapshot.compared.firstIndex(of: other.run),
        other.configuration.distribution == snapshot.configuration.distribution,
        let points = other.measurements.samples?.trajectories,
        points.dimension == learned.dimension, learned.times.indices.contains(frame),
        let nearest = points.times.indices.min(by: {
          abs(points.times[$0] - learned.times[frame])
            < abs(points.times[$1] - learned.times[frame])
        })
      else { return nil }
      return ComparedCloud(
        letter: RunLook.letter(place), role: RunLook.role(place), stroke: RunLook.stroke(place),
        points: points, frame: nearest)
    }
  }
}
