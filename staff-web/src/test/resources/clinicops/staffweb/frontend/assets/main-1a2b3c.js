document.title = "the app, as tests see it";
