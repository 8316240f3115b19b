// The page says where one goes and has the link; whoever has scripts need not press it.
document.querySelector("[data-leave] a")?.click();
