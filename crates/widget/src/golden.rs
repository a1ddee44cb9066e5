//! What the tests of the view share: rendering to HTML without a browser.

use std::cell::RefCell;
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use yew::prelude::*;

thread_local! {
    static VIEW: RefCell<Html> = RefCell::default();
}

#[component]
fn Shown() -> Html {
    VIEW.take()
}

/// The HTML of a view, as a browser would get it.
pub(crate) fn html(view: Html) -> String {
    VIEW.set(view);
    let mut rendering = pin!(yew::LocalServerRenderer::<Shown>::new().hydratable(false).render());
    // Nothing here waits for anything: the renderer is ready when polled again.
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(html) = rendering.as_mut().poll(&mut context) {
            return html;
        }
    }
}
