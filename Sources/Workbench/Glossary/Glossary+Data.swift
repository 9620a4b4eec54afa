/// Data, noise and the forward process.
extension Glossary {
  static let data: [Term] = [
    Term(
      "q_0", "data",
      is: "q_0 is the distribution of the data.",
      and:
        "Here it is one whose score is known exactly at every noise level, so every error can be measured.",
      so: "What a network learns is always compared with it.",
      formula: "x_0 ~ q_0",
      see: "Setup, row distribution; Samples, noised data at the right end of time"),
    Term(
      "q_t",
      is: "q_t is the distribution of data with the noise of time t added.",
      and: "It is smoother the larger t is, and at the horizon it is almost a normal distribution.",
      so: "Errors of a score at time t are averages over q_t.",
      formula: "q_t is the distribution of alpha x_0 + sigma z, with z ~ N(0, I)",
      see: "Samples, noised data, while a plays the time"),
    Term(
      "t", "time", "noise level: time t",
      is:
        "t is the time of the forward process: at the stop almost no noise, at the horizon almost nothing else.",
      and: "The sampler goes through it backwards, from the horizon to the stop.",
      so: "The comma and the point move the time of the picture, and the error's level follows.",
      formula: "stop <= t <= horizon",
      see: "Samples, the line noise ... data at the foot; Error, the lower axis"),
    Term(
      "alpha, sigma", "alpha", "sigma",
      is: "alpha is what is left of the data at time t, and sigma how much noise there is.",
      and: "Both follow from the process and the time alone.",
      so: "Errors of a score are shown times sigma, so that levels can be compared.",
      formula:
        "x_t = alpha x_0 + sigma z; for ornstein_uhlenbeck alpha = exp(-t), sigma^2 = 1 - exp(-2 t)",
      see: "Error, the axis sigma ||s_hat - s||"),
    Term(
      "log SNR",
      is: "log SNR is the logarithm of the signal-to-noise ratio of a level.",
      and: "It is large for little noise and small for much, and falls steadily with t.",
      so: "Levels that are drawn evenly in it see little and much noise equally often.",
      formula: "log(alpha^2 / sigma^2)", see: "Setup, row levels, the choice uniform_log_snr"),
    Term(
      "noise level", "level", "levels",
      is: "A noise level is one time t with its alpha and sigma.",
      and:
        "A batch draws its levels from a distribution, and errors are measured at some fixed ones.",
      so: "Level 1 has the least noise; [ and ] go to others.",
      formula: "(alpha_t, sigma_t)", see: "Error, its title; Setup, rows levels and probe levels"),
    Term(
      "noised data",
      is: "Noised data are points of q_t, drawn without any network.",
      and: "They are what samples at the same time should look like.",
      so:
        "Where the two pictures differ, the learned score, the sampler's steps or the horizon are to blame.",
      formula: "alpha x_0 + sigma z with x_0 from the data", see: "Samples, the first picture"),
    Term(
      "density", "exact density", "log density", "log q_t", "exact log q_t", "exact log q",
      is: "The density of q_t says where its points are likely.",
      and: "It is known exactly here, at every time.",
      so: "The score is the slope of its logarithm.",
      formula: "log q_t(x)", see: "Samples, the views of v and, under the arrows of g, G"),
    Term(
      "process",
      is: "The forward process is how data become noise.",
      and:
        "ornstein_uhlenbeck and vp keep the variance bounded; ve adds ever more noise to data of the same size.",
      so: "Its choice sets alpha and sigma at every time, and with them everything else.",
      formula: "dx = f(t) x dt + g(t) dW", see: "Setup, row process; lesson 2"),
    Term(
      "horizon",
      is: "The horizon is the time where the reverse process starts, with pure noise.",
      and:
        "What is left of the data there is forgotten by the start, which costs about alpha of it.",
      so: "A horizon that is too short shows as an error that no training removes.",
      formula: "T; alpha(T) is near 0", see: "Setup, row horizon; a warning below the form"),
    Term(
      "stop",
      is: "The stop is the time, just before 0, at which sampling ends.",
      and: "Where data lie on curves or atoms the score grows without bound towards time 0.",
      so: "Samples have the noise of the stop, and are compared with q_t there.",
      formula: "gamma, with W2(q_0, q_gamma) at most of the order gamma", see: "Setup, row stop"),
    Term(
      "training set n", "n", "training points", "training set",
      is: "The training set has n points to learn from.",
      and: "unlimited draws fresh ones at every step, so that nothing can be learned by heart.",
      so: "With few points the training loss goes on falling while the held-out loss rises.",
      formula: "x_1, ..., x_n ~ q_0", see: "Setup, row training set n; the preset few-points"),
    Term(
      "coordinates", "x1", "x2", "x3",
      is: "x1, x2 and so on are the coordinates of a point, or the names of a table's columns.",
      and:
        "Pictures are in the units of the data; the network sees centred and scaled ones where the distribution says so.",
      so: "A goes to other pairs of axes where there are more than two.",
      formula: "x = (x1, ..., xd)", see: "Samples, both axes"),
    Term(
      "PC", "principal components",
      is: "Principal components are the directions along which the distribution varies most.",
      and: "Each has a share of the whole variance, which stands at its axis.",
      so: "Two of them with most of the variance show most of what there is to see.",
      formula: "eigenvectors of the covariance, the largest eigenvalue first",
      see: "Samples with more than two coordinates, after A"),
    Term(
      "far part", "rare part",
      is: "The far part is a small part of the data, apart from the rest.",
      and: "Few samples show it, so a score that ignores it has a small training loss.",
      so: "Its points are counted next to how many are to be expected.",
      formula: "expected count = eta times the number of samples",
      see: "Samples of the preset hard-pair"),
    Term(
      "seed",
      is: "The seed is where all random numbers come from.",
      and: "The same configuration, seed and edits give the same bits on any number of threads.",
      so: "What is true for one seed may be luck: R restarts with the next one.",
      formula: "random numbers = f(seed, purpose, index)",
      see: "the first row of the screen; Setup, row seed"),
  ]
}
