/* Draws the charts of the report from the numbers that stand in the page (#chart-data). Without this the tables say it
 * all; nothing here is fetched or kept. */
'use strict';

(() => {
  // Within the margins of A4, two charts to a page; in pixels of 1/96 inch. Of bars by name, what is around them and each.
  const PAPER_WIDTH = 680, PAPER_HEIGHT = 300, PAPER_AROUND = 80, PAPER_BAR = 17;
  const INK = '#1d2733', LINE = '#d3dae1';
  // Told apart by hue, by lightness, and by how they are drawn: on a black and white print as well.
  const STYLES = [
    {color: '#154273', dash: []},
    {color: '#b35900', dash: [10, 4]},
    {color: '#00727a', dash: [2, 3]},
    {color: '#8d2a72', dash: [12, 3, 2, 3]},
  ];

  const page = document.documentElement;
  const isNarrow = innerWidth < 480; // a line of the legend is not wrapped
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const wordsOfDay = form => {
    const format = new Intl.DateTimeFormat(page.lang, {timeZone: 'UTC', ...form});
    return day => format.format(new Date(day));
  };
  const inFull = wordsOfDay({day: 'numeric', month: 'long', year: 'numeric'});
  const asMonth = wordsOfDay({month: 'short', year: '2-digit'});
  const asDay = wordsOfDay({day: 'numeric', month: 'short'});

  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  Chart.defaults.font.size = 14;
  Chart.defaults.color = INK;
  Chart.defaults.borderColor = LINE;
  Chart.defaults.locale = page.lang;
  Chart.defaults.animation = still ? false : {duration: 300};
  Chart.defaults.maintainAspectRatio = false;
  Chart.defaults.devicePixelRatio = Math.max(2, devicePixelRatio); // so that paper is sharp too

  // Stripes: the second sort of bar is told from the first without its colour; the third is light with a border.
  const striped = color => {
    const tile = document.createElement('canvas'), brush = tile.getContext('2d');
    tile.width = tile.height = 12;
    brush.fillStyle = '#fff';
    brush.fillRect(0, 0, 12, 12);
    brush.strokeStyle = color;
    brush.lineWidth = 5;
    for (const x of [-6, 6, 18]) {
      brush.moveTo(x - 6, 18);
      brush.lineTo(x + 12, 0);
    }
    brush.stroke();
    return brush.createPattern(tile, 'repeat');
  };
  const fillings = color => [color, striped(color), '#e9edf2'];

  const line = (series, at) => ({
    label: series.name,
    data: series.values,
    borderColor: STYLES[at].color,
    backgroundColor: STYLES[at].color,
    borderDash: STYLES[at].dash,
    borderWidth: 2.5,
    pointRadius: 0,
    pointStyle: 'line',
    pointHitRadius: 8,
    spanGaps: false, // a day of which nothing may be said is a gap
  });

  const bar = (series, at) => {
    const color = STYLES[at].color;
    return {
      label: series.name,
      data: series.values,
      borderColor: color,
      backgroundColor: fillings(color)[at % 3],
      borderWidth: 1.5,
      maxBarThickness: 28,
    };
  };

  // Days stand as words at the beginnings of months; of a short period, at Mondays.
  const dayTicks = days => {
    const firsts = days.map((day, at) => ({day, at})).filter(each => each.day.endsWith('-01'));
    const isShort = firsts.length < 3;
    const shown = isShort ? days.map((day, at) => ({day, at})).filter(each => new Date(each.day).getUTCDay() === 1)
                          : firsts;
    return {
      afterBuildTicks: axis => {
        const every = Math.ceil(shown.length / Math.max(2, Math.floor(axis.width / 64)));
        axis.ticks = shown.filter((each, number) => number % every === 0).map(each => ({value: each.at}));
      },
      ticks: {autoSkip: false, maxRotation: 0, callback: value => (isShort ? asDay : asMonth)(days[value])},
    };
  };

  const amounts = title => ({beginAtZero: true, title: {display: true, text: title}, ticks: {precision: 0}});

  const common = chart => ({
    interaction: {mode: 'index', intersect: false, axis: chart.kind === 'bars' ? 'y' : 'x'},
    plugins: {
      legend: {align: 'start', labels: isNarrow ? {boxWidth: 16, boxHeight: 10, font: {size: 10}} : {boxWidth: 36, boxHeight: 12}},
    },
  });

  // Where the forecast begins, a line stands across the chart.
  const forecastMark = forecast => ({
    afterDatasetsDraw: ({ctx, chartArea, data, scales}) => {
      const at = data.labels.findIndex(day => day >= forecast.from);
      if (at < 0)
        return;
      const x = scales.x.getPixelForValue(Math.max(0, at - 0.5));
      const isRight = x < (chartArea.left + chartArea.right) / 2;
      ctx.save();
      ctx.strokeStyle = ctx.fillStyle = INK;
      ctx.font = `${Chart.defaults.font.size - 1}px ${Chart.defaults.font.family}`;
      ctx.textAlign = isRight ? 'left' : 'right';
      ctx.textBaseline = 'top';
      ctx.fillText(forecast.name, x + (isRight ? 5 : -5), chartArea.top + 3);
      ctx.setLineDash([5, 4]);
      ctx.beginPath();
      ctx.moveTo(x, chartArea.top);
      ctx.lineTo(x, chartArea.bottom);
      ctx.stroke();
      ctx.restore();
    },
  });

  // The legend shows how each line is dashed.
  const dashed = chart => Chart.defaults.plugins.legend.labels.generateLabels(chart)
    .map((item, at) => ({...item, lineDash: STYLES[at].dash, lineWidth: 2.5}));

  const overDays = (chart, type, dataset) => {
    const options = common(chart);
    options.scales = {
      x: {stacked: type === 'bar', grid: {display: type === 'line'}, ...dayTicks(chart.labels)},
      y: {stacked: type === 'bar', ...amounts(chart.unit)},
    };
    if (type === 'line')
      Object.assign(options.plugins.legend.labels, {usePointStyle: true, pointStyleWidth: 44, generateLabels: dashed});
    options.plugins.tooltip = {callbacks: {title: items => inFull(items[0].label)}};
    const plugins = chart.forecast ? [forecastMark(chart.forecast)] : [];
    return {type, data: {labels: chart.labels, datasets: chart.series.map(dataset)}, options, plugins};
  };

  // Names have half of the width, in as many lines as that takes; cut behind a sign that joins words, where there is one.
  const inLines = (name, width) => {
    const length = Math.max(8, Math.floor(width / 2 / 7.9) - 1);
    return name.match(new RegExp(`.{1,${length - 1}}(?:[-._:]|$)|.{1,${length}}`, 'g'));
  };

  const byName = chart => {
    const options = common(chart);
    options.indexAxis = 'y';
    options.scales = {
      x: {stacked: chart.stacked, ...amounts(chart.unit)},
      y: {
        stacked: chart.stacked,
        grid: {display: false},
        ticks: {autoSkip: false, font: {size: 13}, callback(at) { return inLines(chart.labels[at], this.chart.width); }},
      },
    };
    return {type: 'bar', data: {labels: chart.labels, datasets: chart.series.map(bar)}, options};
  };

  const kinds = {
    lines: chart => overDays(chart, 'line', line),
    weeks: chart => overDays(chart, 'bar', bar),
    bars: byName,
  };

  const drawn = [];
  for (const chart of JSON.parse(document.getElementById('chart-data').textContent)) {
    const canvas = document.getElementById(chart.id), box = canvas.parentElement;
    if (chart.kind === 'bars')
      box.style.height = `${90 + chart.labels.length * (chart.stacked ? 36 : 42)}px`;
    box.parentElement.hidden = false;
    drawn.push(new Chart(canvas, kinds[chart.kind](chart)));
  }

  // On paper charts are as wide as the page, and what is folded on the screen is open.
  addEventListener('beforeprint', () => {
    for (const details of document.querySelectorAll('details:not([open])')) {
      details.open = true;
      details.dataset.openedForPaper = '';
    }
    for (const chart of drawn) {
      const byName = chart.options.indexAxis === 'y';
      chart.stop(); // one that moves would take its new size only with its next picture
      chart.resize(PAPER_WIDTH, byName ? PAPER_AROUND + PAPER_BAR * chart.data.labels.length : PAPER_HEIGHT);
    }
  });
  addEventListener('afterprint', () => {
    for (const details of document.querySelectorAll('details[data-opened-for-paper]')) {
      details.open = false;
      delete details.dataset.openedForPaper;
    }
    for (const chart of drawn)
      chart.resize();
  });
})();
